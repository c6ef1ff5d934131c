using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

public sealed class HostOverlayTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [TestCase(false, typeof(SilentLifetime))]
    [TestCase(true, typeof(ConsoleLifetime))]
    public void An_app_host_listens_to_the_console_only_if_the_launch_handles_signals(bool handlesSignals, Type lifetime)
    {
        using var handle = Launcher.For(
            () => new HostBuilder().UseConsoleLifetime(console => console.SuppressStatusMessages = true).Build().Run(),
            options => options.HandleSignals = handlesSignals).Start();

        Assert.That(handle.Hosts[0].Services.GetServices<IHostLifetime>().Select(service => service.GetType()), Does.Contain(lifetime));
        Assert.That(handle.Hosts[0].Services.GetRequiredService<IHostLifetime>(), Is.TypeOf(lifetime));
    }

    [Test]
    public void Configuration_overrides_that_of_the_app_host()
    {
        Action<LaunchOptions> configure = options =>
        {
            options.Configuration["greeting"] = "hello";
            options.Configuration["nested:value"] = "1";
        };
        using var handle = Launcher.For(
            () =>
            {
                var builder = TestHosts.Builder();
                builder.Configuration["greeting"] = "of the app";
                builder.Configuration["other"] = "kept";
                builder.Build().Run();
            },
            configure).Start();

        var configuration = handle.Hosts[0].Services.GetRequiredService<IConfiguration>();

        Assert.That(configuration["greeting"], Is.EqualTo("hello"));
        Assert.That(configuration["nested:value"], Is.EqualTo("1"));
        Assert.That(configuration["other"], Is.EqualTo("kept"));
    }

    [Test]
    public void Services_override_those_of_each_app_host()
    {
        using var areBoth = new ManualResetEventSlim();
        using var handle = Launcher.For(
            () =>
            {
                Build().Start();
                Build().Start();
                areBoth.Set();
            },
            options => options.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(new Greeting("ours"))))).Start();

        areBoth.Pass();
        Assert.That(handle.Hosts.Select(host => host.Services.GetRequiredService<Greeting>().Text), Is.EqualTo(new[] { "ours", "ours" }));

        static IHost Build()
        {
            var builder = TestHosts.Builder();
            builder.Services.AddSingleton(new Greeting("of the app"));
            return builder.Build();
        }
    }

    [Test]
    public void An_exception_of_ConfigureAppHost_fails_the_start()
    {
        var fault = new InvalidOperationException("fault");
        Action<LaunchOptions> configure = options => options.ConfigureAppHost(_ => throw fault);

        Assert.That(Assert.Catch(() => Launcher.For(() => TestHosts.With().Run(), configure).Start()), Is.SameAs(fault));
    }

    [Test]
    public void Configuration_that_is_read_before_the_host_is_built_is_the_apps_own()
    {
        string? read = null;
        using var handle = Launcher.For(
            () =>
            {
                var builder = TestHosts.Builder();
                builder.Configuration["greeting"] = "of the app";
                read = builder.Configuration["greeting"];
                builder.Build().Run();
            },
            options => options.Configuration["greeting"] = "hello").Start();

        Assert.That(read, Is.EqualTo("of the app"));
        Assert.That(handle.Hosts[0].Services.GetRequiredService<IConfiguration>()["greeting"], Is.EqualTo("hello"));
    }

    [TestCase(false, null)]
    [TestCase(true, "of the starter")]
    public async Task AsyncLocals_of_the_starter_reach_background_services_only_where_that_is_wished(bool flows, string? expected)
    {
        var seen = Gate.NewSource<string?>();
        Ambient.Value = "of the starter";
        await using var handle = await Launcher.For(
            () => TestHosts.With(new Looks(seen)).Run(),
            options => options.FlowExecutionContext = flows).StartAsync().Within();

        Assert.That(await seen.Task.Within(), Is.EqualTo(expected));
    }

    [Test]
    public async Task The_host_of_the_starter_is_untouched()
    {
        var service = new CountingService();
        using var own = TestHosts.With(service);
        await own.StartAsync();
        await using (var handle = await Launcher.For(() => TestHosts.With().Run()).StartAsync().Within())
        {
            Assert.That(handle.Hosts, Does.Not.Contain(own));
        }

        Assert.That(TestHosts.IsAskedToStop(own), Is.False);
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnlyStarted));
        Assert.That(own.Services.GetRequiredService<IHostLifetime>(), Is.TypeOf<ConsoleLifetime>());
        await own.StopAsync();
    }

    private sealed record Greeting(string Text);

    private sealed class Looks(TaskCompletionSource<string?> seen) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken)
        {
            seen.TrySetResult(Ambient.Value);
            return Task.CompletedTask;
        }
    }
}
