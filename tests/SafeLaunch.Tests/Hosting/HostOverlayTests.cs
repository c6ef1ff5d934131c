using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
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
    public void The_tracker_of_a_host_comes_before_the_last_of_its_hosted_services()
    {
        var tracker = new AppHost(new HostNotes(), () => false);
        IHostedService[] own = [new CountingService(), new CountingService(), new CountingService()];

        using var host = Apply(
            new(new LaunchOptions(), keepsConsole: false, () => tracker, logTail: null),
            services => services.AddSingleton(own[0]).AddSingleton(own[1]).AddSingleton("other").AddKeyedSingleton("key", own[2]));

        Assert.That(host.Services.GetServices<IHostedService>(), Is.EqualTo(new[] { own[0], tracker, own[1] }));
        Assert.That(host.Services.GetService<AppHost>(), Is.SameAs(tracker));
    }

    [Test]
    public void A_host_without_hosted_services_gets_none()
    {
        using var host = Apply(new(new LaunchOptions(), keepsConsole: false, () => new(new HostNotes(), () => false), logTail: null), _ => { });

        Assert.That(host.Services.GetServices<IHostedService>(), Is.Empty);
    }

    [Test]
    public void Only_the_lifetime_of_the_console_is_replaced()
    {
        var own = new SilentLifetime(() => { });
        var overlay = new HostOverlay(new LaunchOptions(), keepsConsole: false, () => new(new HostNotes(), () => false), logTail: null);

        using var plain = Apply(overlay, services => services.AddKeyedSingleton<IHostLifetime>("key", own));
        using var withOwn = Apply(overlay, services => services.AddSingleton<IHostLifetime>(own));

        Assert.That(plain.Services.GetServices<IHostLifetime>().Single(), Is.TypeOf<SilentLifetime>().And.Not.SameAs(own));
        Assert.That(withOwn.Services.GetServices<IHostLifetime>(), Is.EqualTo(new[] { own }));
    }

    [Test]
    public void A_host_writes_to_the_log_tail_where_there_is_one()
    {
        var tail = new LogTail();

        using var with = Apply(new(new LaunchOptions(), keepsConsole: false, () => new(new HostNotes(), () => false), tail), _ => { });
        using var without = Apply(new(new LaunchOptions(), keepsConsole: false, () => new(new HostNotes(), () => false), logTail: null), _ => { });

        Assert.That(with.Services.GetServices<ILoggerProvider>(), Does.Contain(tail));
        Assert.That(without.Services.GetServices<ILoggerProvider>().OfType<LogTail>(), Is.Empty);
    }

    [Test]
    public void Options_without_configuration_and_ConfigureAppHost_have_no_effect_on_a_host()
    {
        Assert.That(HasEffect(_ => { }), Is.False);
        Assert.That(HasEffect(options => options.Configuration["greeting"] = "hello"), Is.True);
        Assert.That(HasEffect(options => options.ConfigureAppHost(_ => { })), Is.True);

        static bool HasEffect(Action<LaunchOptions> configure)
        {
            var options = new LaunchOptions();
            configure(options);
            return new HostOverlay(options, keepsConsole: false, () => new(new HostNotes(), () => false), logTail: null).HasEffect;
        }
    }

    private static IHost Apply(HostOverlay overlay, Action<IServiceCollection> configure)
    {
        var builder = new HostBuilder();
        builder.ConfigureServices(services => configure(services));
        overlay.Apply(builder);
        return builder.Build();
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
