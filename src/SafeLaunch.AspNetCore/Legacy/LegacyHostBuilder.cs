using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Legacy;

/// <summary>A legacy web host builder, as the builder of a generic host.</summary>
internal sealed class LegacyHostBuilder(IWebHostBuilder builder) : IHostBuilder
{
    /// <summary>Whether services were configured by it.</summary>
    public bool IsUsed { get; private set; }

    public IDictionary<object, object> Properties { get; } = new Dictionary<object, object>();

    public IHostBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        var configuration = new ConfigurationBuilder();
        configureDelegate(configuration);
        builder.UseConfiguration(configuration.Build());
        return this;
    }

    public IHostBuilder ConfigureAppConfiguration(Action<HostBuilderContext, IConfigurationBuilder> configureDelegate)
    {
        builder.ConfigureAppConfiguration((context, configuration) => configureDelegate(this.ContextOf(context), configuration));
        return this;
    }

    public IHostBuilder ConfigureServices(Action<HostBuilderContext, IServiceCollection> configureDelegate)
    {
        this.IsUsed = true;
        builder.ConfigureServices((context, services) => configureDelegate(this.ContextOf(context), services));
        return this;
    }

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory)
        where TContainerBuilder : notnull => throw NotOffered();

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(Func<HostBuilderContext, IServiceProviderFactory<TContainerBuilder>> factory)
        where TContainerBuilder : notnull => throw NotOffered();

    public IHostBuilder ConfigureContainer<TContainerBuilder>(Action<HostBuilderContext, TContainerBuilder> configureDelegate) => throw NotOffered();

    public IHost Build() => throw NotOffered();

    private static NotSupportedException NotOffered() =>
        new("A legacy WebHostBuilder takes its container from its own code only. Configure its services and its configuration, or move it to a generic host.");

    private HostBuilderContext ContextOf(WebHostBuilderContext context) => new(this.Properties)
    {
        Configuration = context.Configuration,
        HostingEnvironment = context.HostingEnvironment,
    };
}
