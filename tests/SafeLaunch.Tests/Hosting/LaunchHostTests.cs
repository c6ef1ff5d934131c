using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;
using SafeLaunch.Tests.Threading;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The launch host: its services, its configuration and its life.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LaunchHostTests
{
    [Test]
    public void A_launch_host_that_is_not_configured_is_built_started_and_observed_when_it_is_asked_for()
    {
        var stops = new List<Exception?>();
        var options = new LaunchOptions();
        options.Configuration["greeting"] = "hello";
        var launchHost = new LaunchHost(options, stops.Add);
        Assert.That(launchHost.IsConfigured, Is.False);

        var services = launchHost.GetServices()!;

        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        Assert.That(lifetime.ApplicationStarted.IsCancellationRequested, Is.True);
        Assert.That(services.GetRequiredService<IConfiguration>()["greeting"], Is.EqualTo("hello"));
        Assert.That(services.GetServices<IHostLifetime>().Single(), Is.TypeOf<SilentLifetime>());
        Assert.That(launchHost.GetServices(), Is.SameAs(services));
        lifetime.StopApplication();
        Assert.That(stops, Is.EqualTo(new Exception?[] { null }));
        using var closed = launchHost.Close();
        Assert.That(closed!.Services, Is.SameAs(services));
        Assert.That(launchHost.GetServices(), Is.SameAs(services));
    }

    [Test]
    public void A_launch_host_that_is_closed_before_it_was_built_has_no_services()
    {
        var launchHost = new LaunchHost(new LaunchOptions(), _ => { });

        Assert.That(launchHost.Close(), Is.Null);
        Assert.That(launchHost.GetServices(), Is.Null);
    }

    [Test]
    public async Task A_launch_host_that_is_configured_has_services_from_its_build_on_and_each_of_them_once()
    {
        var thread = new Observer().StartThread();
        var service = new CountingService();
        using var log = new LogRecorder();
        var options = new LaunchOptions { LoggerFactory = log.Factory };
        options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(service));
        var stops = new List<Exception?>();
        var launchHost = new LaunchHost(options, stops.Add);
        Assert.That((launchHost.IsConfigured, launchHost.GetServices()), Is.EqualTo((true, (IServiceProvider?)null)));

        var host = (await launchHost.BuildAsync(thread.Context).Within())!;
        await launchHost.StartAsync(host, default).Within();

        Assert.That(LaunchHost.RunsOnThread(host), Is.True);
        Assert.That(launchHost.GetServices()!.GetServices<IHostedService>(), Is.EqualTo(new[] { service }));
        Assert.That(launchHost.GetServices()!.GetService<ILoggerFactory>(), Is.SameAs(log.Factory));
        Assert.That(launchHost.Close(), Is.SameAs(host));
        await host.StopAsync().Within();
        Assert.That((service.Steps.SequenceEqual(CountingService.OnceEach), stops.Count), Is.EqualTo((true, 1)));
        host.Dispose();
        await thread.CloseAsync().Within();
    }

    [Test]
    public async Task The_stop_of_a_launch_host_is_reported_before_the_callbacks_of_a_lifetime_that_ConfigureLaunchHost_sets()
    {
        var thread = new Observer().StartThread();
        var stops = new List<Exception?>();
        var reported = 0;
        var options = new LaunchOptions();
        options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostLifetime>(services => new OwnLifetime(
            whenStarting: () => services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => reported = stops.Count),
            dispose: () => { })));
        var launchHost = new LaunchHost(options, stops.Add);
        var host = (await launchHost.BuildAsync(thread.Context).Within())!;
        await launchHost.StartAsync(host, default).Within();

        await host.StopAsync().Within();

        Assert.That((reported, stops.Count), Is.EqualTo((1, 1)));
        host.Dispose();
        await thread.CloseAsync().Within();
    }

    [Test]
    public async Task A_delegate_is_not_called_where_its_launch_host_was_asked_to_stop_while_it_started()
    {
        var isCalled = false;
        var start = Launcher.For(
            () => { isCalled = true; },
            options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostLifetime>(services => new OwnLifetime(
                whenStarting: () =>
                {
                    var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
                    lifetime.ApplicationStarted.Register(lifetime.StopApplication);
                },
                dispose: () => { })))).StartAsync();

        Assert.That(await start.ErrorAsync(), Is.InstanceOf<OperationCanceledException>());
        Assert.That(isCalled, Is.False);
    }

    [Test]
    public async Task A_configured_launch_host_that_is_closed_before_its_build_is_disposed_of()
    {
        var thread = new Observer().StartThread();
        var isDisposed = false;
        var options = new LaunchOptions();
        options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostLifetime>(_ => new OwnLifetime(whenStarting: () => { }, dispose: () => isDisposed = true)));
        var launchHost = new LaunchHost(options, _ => { });

        Assert.That(launchHost.Close(), Is.Null);
        Assert.That(await launchHost.BuildAsync(thread.Context).Within(), Is.Null);

        Assert.That(isDisposed, Is.True);
        await thread.CloseAsync().Within();
    }

    [Test]
    public async Task The_services_of_a_launch_host_are_those_of_ConfigureLaunchHost_for_the_launch_and_for_the_handle()
    {
        var greeting = new Greeting();
        object? seen = null;
        await using var handle = Launcher.For(
            context => { seen = context.LaunchServices.GetService<Greeting>(); },
            options => options.ConfigureLaunchHost(host => host.Services.AddSingleton(greeting))).Start();

        Assert.That(seen, Is.SameAs(greeting));
        Assert.That(handle.LaunchServices.GetService<Greeting>(), Is.SameAs(greeting));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_services_of_a_launch_host_cannot_be_used_after_the_end(bool haveBeenAskedFor)
    {
        LaunchContext? launchContext = null;
        await using var handle = Launcher.For(context => { launchContext = context; }, options => options.Name = "gone").Start();
        if (haveBeenAskedFor)
        {
            Assert.That(handle.LaunchServices, Is.Not.Null);
        }

        await handle.StopAsync().Within();

        Assert.That(() => handle.LaunchServices, Throws.TypeOf<LaunchException>().With.Message.Contains("'gone'"));
        Assert.That(() => launchContext!.LaunchServices, Throws.TypeOf<LaunchException>().With.Message.Contains("'gone'"));
    }

    [Test]
    public async Task The_services_of_a_launch_host_are_disposed_of_after_the_delegate_has_ended()
    {
        var steps = new ConcurrentQueue<string>();
        await using var handle = Launcher.For(
            context =>
            {
                context.LaunchServices.GetRequiredService<Resource>();
                TestLaunch.UntilStopped(context);
                steps.Enqueue("delegate");
            },
            options => options.ConfigureLaunchHost(host => host.Services.AddSingleton(_ => new Resource(() => steps.Enqueue("disposed"))))).Start();

        await handle.StopAsync().Within();

        Assert.That(steps, Is.EqualTo(new[] { "delegate", "disposed" }));
    }

    [Test]
    public async Task Each_launch_has_a_separate_launch_host()
    {
        var launcher = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<Greeting>()));
        await using var first = launcher.Start();
        await using var second = launcher.Start();

        Assert.That(first.LaunchServices.GetService<Greeting>(), Is.Not.Null.And.Not.SameAs(second.LaunchServices.GetService<Greeting>()));
    }

    [Test]
    public async Task ConfigureLaunchHost_runs_on_the_launch_thread_in_its_synchronization_context()
    {
        string? thread = null;
        SynchronizationContext? current = null;
        await using var handle = Launcher.For(
            () => { },
            options =>
            {
                options.Name = "configured";
                options.ConfigureLaunchHost(_ =>
                {
                    thread = Thread.CurrentThread.Name;
                    current = SynchronizationContext.Current;
                });
            }).Start();

        Assert.That(thread, Is.EqualTo("configured"));
        Assert.That(current, Is.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task The_configuration_of_the_options_is_that_of_the_launch_host()
    {
        await using var handle = Launcher.For(() => { }, options => options.Configuration["Shop:Name"] = "corner").Start();

        Assert.That(handle.LaunchServices.GetRequiredService<IConfiguration>()["shop:name"], Is.EqualTo("corner"));
    }

    [Test]
    public async Task ConfigureLaunchHost_sees_and_may_change_the_configuration()
    {
        string? seen = null;
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.Configuration["Name"] = "corner";
            options.ConfigureLaunchHost(host =>
            {
                seen = host.Configuration["Name"];
                host.Configuration["Name"] = "market";
            });
        }).Start();

        Assert.That(seen, Is.EqualTo("corner"));
        Assert.That(handle.LaunchServices.GetRequiredService<IConfiguration>()["Name"], Is.EqualTo("market"));
    }

    [Test]
    public async Task A_launch_host_that_is_built_after_the_launch_was_abandoned_is_disposed_of()
    {
        using var gate = new ManualResetEventSlim();
        var source = new DisposableSource();
        var start = Launcher.For(() => { }, options =>
        {
            options.StartTimeout = TestLaunch.ShortStop;
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host =>
            {
                TestLaunch.WaitStubbornly(gate);
                ((IConfigurationBuilder)host.Configuration).Add(source);
            });
        }).StartAsync();
        Assert.That(async () => await start.Within(), Throws.TypeOf<LaunchTimeoutException>());

        gate.Set();

        await source.Disposed.Within();
    }

    [Test]
    public void A_ConfigureLaunchHost_that_throws_fails_the_start_with_it()
    {
        var error = new InvalidOperationException("configure");
        var hasBegun = false;

        var thrown = TestLaunch.StartError(_ => hasBegun = true, options => options.ConfigureLaunchHost(_ => throw error));

        Assert.That(thrown, Is.SameAs(error));
        Assert.That(hasBegun, Is.False);
    }

    [Test]
    public async Task StopApplication_of_the_launch_host_stops_the_launch()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped).Start();

        handle.LaunchServices.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Does.Contain("launch host"));
    }

    [Test]
    public async Task A_container_that_ConfigureLaunchHost_sets_is_used_and_warned_of()
    {
        using var log = new LogRecorder();
        await using var handle = await Launcher.For(
            () => { },
            options =>
            {
                options.LoggerFactory = log.Factory;
                options.ConfigureLaunchHost(host =>
                {
                    host.ConfigureContainer(new DefaultServiceProviderFactory());
                    host.Services.AddSingleton<IHostedService>(new CountingService());
                });
            }).StartAsync().Within();

        Assert.That(handle.LaunchServices.GetServices<IHostedService>().Single(), Is.TypeOf<CountingService>());
        Assert.That(log.Single(LogEvents.ContainerReplaced).Message, Does.Contain("ConfigureContainer"));
    }

    [Test]
    public async Task The_lifetime_of_a_launch_host_is_not_that_of_the_console()
    {
        await using var handle = Launcher.For(() => { }).Start();

        Assert.That(handle.LaunchServices.GetServices<IHostLifetime>().Select(lifetime => lifetime.GetType().Name), Is.EqualTo(new[] { "SilentLifetime" }));
    }

    [Test]
    public async Task A_launch_host_reads_neither_files_nor_the_environment()
    {
        await using var handle = Launcher.For(() => { }).Start();

        Assert.That(handle.LaunchServices.GetRequiredService<IConfiguration>()["PATH"], Is.Null);
    }

    [Test]
    public async Task A_launch_host_that_is_built_inside_the_launch_is_no_app_host()
    {
        IServiceProvider? seen = null;
        await using var handle = Launcher.For(context => { seen = context.LaunchServices; }).Start();

        Assert.That(seen, Is.Not.Null);
        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(handle.LaunchServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task All_callers_that_ask_for_the_launch_host_at_the_same_time_get_the_same_host()
    {
        await using var handle = Launcher.For(() => { }).Start();
        const int Askers = 8;
        using var gate = new Barrier(Askers);
        var askers = Enumerable.Range(0, Askers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                gate.SignalAndWait(Gate.Patience);
                return handle.LaunchServices;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();

        var seen = await Task.WhenAll(askers).Within();

        Assert.That(seen.Distinct().ToArray(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_launch_host_that_is_built_during_the_stop_is_disposed_of()
    {
        IServiceProvider? seen = null;
        LaunchContext? launchContext = null;
        var handle = Launcher.For(
            context => { launchContext = context; },
            options => options.StopWith(_ =>
                {
                    seen = launchContext!.LaunchServices;
                    return Task.CompletedTask;
                })).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.Null);
        Assert.That(() => seen!.GetService<IConfiguration>(), Throws.TypeOf<ObjectDisposedException>());
    }

    /// <summary>Goes with the configuration that it is part of.</summary>
    private sealed class DisposableSource : ConfigurationProvider, IConfigurationSource, IDisposable
    {
        private readonly TaskCompletionSource disposed = Gate.NewSource();

        public Task Disposed => this.disposed.Task;

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Dispose() => this.disposed.TrySetResult();
    }

    private sealed class Greeting;

    private sealed class Resource(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }

    /// <summary>Is made with the host, and disposed of with it.</summary>
    private sealed class OwnLifetime(Action whenStarting, Action dispose) : IHostLifetime, IDisposable
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken)
        {
            whenStarting();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => dispose();
    }
}
