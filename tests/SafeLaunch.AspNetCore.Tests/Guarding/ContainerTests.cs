using Autofac;
using Autofac.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.AspNetCore.Tests.Guarding;

/// <summary>An app brings its own container, which may not keep the startup filter by which the guard stands in front of the app.</summary>
public sealed class ContainerTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task The_guard_is_in_front_of_an_app_with_Autofac(bool requiresToken)
    {
        await using var app = await GuardedApp.StartAsync(
            options => options.UseLoopback().GuardAccess(guard => guard.RequireToken = requiresToken),
            count =>
            {
                var builder = WebHosts.Builder();
                builder.Host.UseServiceProviderFactory(new AutofacServiceProviderFactory());
                builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new CountingFilter(count)));
                builder.Host.ConfigureContainer<ContainerBuilder>(container => container.RegisterInstance<IStartupFilter>(new CountingFilter(count)));
                builder.Build().Run();
            });
        using var client = app.Handle.CreateClient();

        Assert.That((await app.SendAsync("GET / HTTP/1.1", "Host: evil.test")).Status, Is.EqualTo(421));
        Assert.That((await app.GetAsync("Origin: http://evil.test")).Status, Is.EqualTo(403));
        Assert.That((await app.GetAsync()).Status, Is.EqualTo(requiresToken ? 401 : 200));
        Assert.That(app.Served, Is.EqualTo(requiresToken ? 0 : 1));
        Assert.That(await client.GetStringAsync("/").Within(), Does.StartWith("served"));
    }

    [Test]
    public async Task The_start_fails_if_the_container_loses_the_startup_filters()
    {
        var exception = await StartWithAsync(services => services.RemoveAll<IStartupFilter>());

        Assert.That(exception.Message, Does.Contain("'guarded'").And.Contain("has lost the startup filters").And.Contain("AllowAnyAccess"));
    }

    [Test]
    public async Task The_start_fails_if_the_container_puts_a_startup_filter_of_the_app_before_the_guard()
    {
        var exception = await StartWithAsync(services => services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new CountingFilter(_ => { }))));

        Assert.That(exception.Message, Does.Contain("'guarded'").And.Contain(nameof(CountingFilter)).And.Contain("comes before it"));
    }

    [Test]
    public async Task The_start_fails_if_the_container_has_another_server_than_the_one_that_hides_the_token()
    {
        var exception = await FailedStartAsync(
            options => options.UseUrls("http://127.0.0.1:0").GuardAccess(guard => guard.RequireToken = true),
            () => Run(services => services.Add(services.First(service => service.ServiceType == typeof(IServer))), _ => { }));

        Assert.That(exception.Message, Does.Contain("'guarded'").And.Contain("would have the token").And.Contain("RequireToken"));
    }

    [Test]
    public async Task The_start_fails_if_the_Startup_class_of_a_legacy_web_host_puts_a_startup_filter_before_the_guard()
    {
        var exception = await FailedStartAsync(options => options.UseLoopback(), () =>
        {
#pragma warning disable ASPDEPR004, ASPDEPR008 // Old programs still build their host by it.
            using var host = new WebHostBuilder().UseKestrel().SuppressStatusMessages(suppressStatusMessages: true).UseStartup<LegacyStartup>().Build();
#pragma warning restore ASPDEPR004, ASPDEPR008
            host.Run();
        });

        Assert.That(exception.Message, Does.Contain(nameof(CountingFilter)).And.Contain("comes before it"));
    }

    [Test]
    public async Task An_app_that_needs_no_guard_may_lose_its_startup_filters()
    {
        await using var app = await GuardedApp.StartAsync(
            options => options.ReportAddresses().AllowAnyAccess(),
            count => Run(services => services.RemoveAll<IStartupFilter>(), count));

        Assert.That((await app.GetAsync()).Status, Is.EqualTo(200));
    }

    private static Task<LaunchException> StartWithAsync(Action<IServiceCollection> change) =>
        FailedStartAsync(options => options.UseUrls("http://127.0.0.1:0").GuardAccess(), () => Run(change, _ => { }));

    private static async Task<LaunchException> FailedStartAsync(Action<LaunchOptions> configure, Action run)
    {
        LaunchException? failure = null;
        try
        {
            await using var app = await GuardedApp.StartAsync(configure, _ => run());
        }
        catch (LaunchException e)
        {
            failure = e;
        }

        Assert.That(failure, Is.Not.Null);
        return failure!;
    }

    private static void Run(Action<IServiceCollection> change, Action<IApplicationBuilder> count)
    {
        var builder = WebHosts.Builder();
        builder.Host.UseServiceProviderFactory(new ChangingFactory(change));
        var app = builder.Build();
        count(app);
        app.Run();
    }

    /// <summary>Makes a container of other services than it is given.</summary>
    private sealed class ChangingFactory(Action<IServiceCollection> change) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services) => services;

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder)
        {
            change(containerBuilder);
            return containerBuilder.BuildServiceProvider();
        }
    }

    private sealed class LegacyStartup
    {
#pragma warning disable CA1822 // The host calls both of an instance.
        public void ConfigureServices(IServiceCollection services) =>
            services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new CountingFilter(_ => { })));

        public void Configure(IApplicationBuilder app) => app.Run(context => context.Response.WriteAsync("served"));
#pragma warning restore CA1822
    }

    private sealed class CountingFilter(Action<IApplicationBuilder> count) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            count(app);
            next(app);
        };
    }
}
