using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.NUnit.Tests.SideBySide;

/// <summary>A factory whose thread is late, as on a busy machine: it goes on only once the program has started its server.</summary>
internal sealed class SlowFactory : WebApplicationFactory<Program>
{
    /// <summary>The program disturbs no other test where it listens before the factory has said where.</summary>
    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseUrls("http://127.0.0.1:0");

    protected override IHost CreateHost(IHostBuilder builder) => base.CreateHost(new LateBuilder(builder));

    private sealed class LateBuilder(IHostBuilder builder) : IHostBuilder
    {
        public IDictionary<object, object> Properties => builder.Properties;

        public IHost Build()
        {
            var host = builder.Build();
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.WaitHandle.WaitOne(Gate.Patience);
            return host;
        }

        public IHostBuilder ConfigureAppConfiguration(Action<HostBuilderContext, IConfigurationBuilder> configureDelegate) =>
            builder.ConfigureAppConfiguration(configureDelegate);

        public IHostBuilder ConfigureContainer<T>(Action<HostBuilderContext, T> configureDelegate) => builder.ConfigureContainer(configureDelegate);

        public IHostBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate) =>
            builder.ConfigureHostConfiguration(configureDelegate);

        public IHostBuilder ConfigureServices(Action<HostBuilderContext, IServiceCollection> configureDelegate) =>
            builder.ConfigureServices(configureDelegate);

        public IHostBuilder UseServiceProviderFactory<T>(IServiceProviderFactory<T> factory)
            where T : notnull => builder.UseServiceProviderFactory(factory);

        public IHostBuilder UseServiceProviderFactory<T>(Func<HostBuilderContext, IServiceProviderFactory<T>> factory)
            where T : notnull => builder.UseServiceProviderFactory(factory);
    }
}
