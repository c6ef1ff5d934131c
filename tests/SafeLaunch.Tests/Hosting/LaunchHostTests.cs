using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The launch host.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LaunchHostTests
{
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
    public async Task The_launch_logs_to_what_ConfigureLaunchHost_sets_up()
    {
        var log = new FakeLogCollectorProvider();
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.Name = "logged";
            options.ConfigureLaunchHost(host => host.Logging.AddProvider(log.Provider));
        }).Start();

        Assert.That(log.Messages, Has.Some.Contains("'logged' is ready"));
    }

    [Test]
    public async Task The_logger_factory_of_the_options_serves_the_launch_and_its_host_and_is_not_disposed()
    {
        var log = new FakeLogCollectorProvider();
        using var factory = new WatchedFactory(log.Provider);
        await using (var handle = Launcher.For(() => { }, options =>
        {
            options.Name = "given";
            options.LoggerFactory = factory;
        }).Start())
        {
            handle.LaunchServices.GetRequiredService<ILogger<LaunchHostTests>>().LogInformation("from a service");
        }

        Assert.That(factory.WasDisposed, Is.False);
        Assert.That(log.Messages, Has.Some.EqualTo("from a service"));
        Assert.That(log.Messages, Has.Some.Contains("'given' is ready").And.Some.Contains("'given' has ended"));
    }

    [Test]
    public async Task A_logger_that_throws_does_the_launch_no_harm()
    {
        await using var handle = await Launcher.For(() => { }, options => options.LoggerFactory = new BrokenLogging()).StartAsync().Within();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task Hosted_services_start_before_the_delegate_and_stop_after_it()
    {
        var steps = new ConcurrentQueue<string>();
        await using (Launcher.For(
            context =>
            {
                steps.Enqueue("delegate starts");
                TestLaunch.UntilStopped(context);
                steps.Enqueue("delegate ends");
            },
            options => options.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new AwaitingService("a", steps)))).Start())
        {
            Assert.That(steps, Is.EqualTo(new[] { "a starts", "a has started", "delegate starts" }));
        }

        Assert.That(steps.Skip(3), Is.EqualTo(new[] { "delegate ends", "a stops", "a has stopped" }));
    }

    [Test]
    public async Task Hosted_services_that_really_await_each_run_on_the_launch_thread()
    {
        var services = Enumerable.Range(0, 4).Select(i => new AwaitingService($"{i}", [])).ToArray();
        await using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => Array.ForEach(services, service => host.Services.AddSingleton<IHostedService>(service)))).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(services.SelectMany(service => service.Threads), Has.Exactly(16).EqualTo(outcome.ThreadId));
        Assert.That(services.SelectMany(service => service.Contexts), Has.Exactly(16).SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task Hosted_services_may_be_given_as_types_instances_or_functions_and_are_made_once()
    {
        var instance = new AwaitingService("instance", []);
        var made = 0;
        await using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host =>
            {
                host.Services.AddSingleton(new ConcurrentQueue<string>());
                host.Services.AddHostedService<TypedService>();
                host.Services.AddSingleton<IHostedService>(instance);
                host.Services.AddHostedService(_ =>
                {
                    made++;
                    return new FailingService();
                });
            })).Start();

        Assert.That(handle.LaunchServices.GetRequiredService<ConcurrentQueue<string>>(), Is.EqualTo(new[] { "typed starts" }));
        Assert.That(instance.Threads, Has.Count.EqualTo(2));
        Assert.That(made, Is.EqualTo(1));
    }

    [Test]
    public async Task Lifecycle_services_are_called_for_every_step_on_the_launch_thread()
    {
        var service = new LifecycleService();
        await using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(service))).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(service.Steps.Select(step => step.Name), Is.EqualTo(new[] { "Starting", "Start", "Started", "Stopping", "Stop", "Stopped" }));
        Assert.That(service.Steps.Select(step => step.Thread), Has.All.EqualTo(outcome.ThreadId));
    }

    [Test]
    public async Task Hosted_services_stop_in_reverse_order()
    {
        var steps = new ConcurrentQueue<string>();
        await using (Launcher.For(() => { }, options => options.ConfigureLaunchHost(host =>
            {
                host.Services.AddSingleton<IHostedService>(new AwaitingService("a", steps));
                host.Services.AddSingleton<IHostedService>(new AwaitingService("b", steps));
            })).Start())
        {
            steps.Clear();
        }

        Assert.That(steps, Is.EqualTo(new[] { "b stops", "b has stopped", "a stops", "a has stopped" }));
    }

    [TestCase(BlockingWaitBehavior.Pump)]
    [TestCase(BlockingWaitBehavior.Block)]
    public async Task Hosted_services_stop_although_the_delegate_is_abandoned(BlockingWaitBehavior blockingWaits)
    {
        var steps = new ConcurrentQueue<string>();
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(TestLaunch.UntilOpened(gate), options =>
        {
            options.BlockingWaits = blockingWaits;
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new AwaitingService("a", steps)));
        }).Start();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(steps.Skip(2), Is.EqualTo(new[] { "a stops", "a has stopped" }));
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
    public async Task A_hosted_service_that_fails_to_stop_is_in_the_outcome()
    {
        var error = new InvalidOperationException("stop");
        await using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new FailingService { StopError = error }))).Start();

        Assert.That((await handle.StopAsync().Within()).Exception, Is.SameAs(error).Or.InnerException.SameAs(error));
    }

    [Test]
    public async Task A_hosted_service_that_never_stops_is_bounded_and_reported()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new FailingService { WhenStopped = () => gate.Pass() }));
        }).Start();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("launch host"));
    }

    [Test]
    public async Task A_hosted_service_whose_stop_never_ends_is_what_the_reason_names()
    {
        var never = Gate.NewSource();
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new LateService(_ => never.Task)));
        }).Start();

        var outcome = await handle.StopAsync().Within();
        never.SetResult();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Contain("Its launch host did not end").And.Contain("is free"));
    }

    [Test]
    public async Task A_hosted_service_that_takes_all_the_time_that_it_is_given_has_ended_in_time()
    {
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new LateService(token => Task.Delay(Timeout.Infinite, token))));
        }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
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
    public void A_hosted_service_that_fails_to_start_fails_the_start_with_it()
    {
        var error = new InvalidOperationException("start");
        var hasBegun = false;
        var wasAsked = false;

        var thrown = TestLaunch.StartError(_ => hasBegun = true, options =>
        {
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new FailingService { StartError = error }));
            options.StopWith(_ =>
            {
                wasAsked = true;
                return Task.CompletedTask;
            });
        });

        Assert.That(thrown, Is.SameAs(error));
        Assert.That(hasBegun, Is.False);
        Assert.That(wasAsked, Is.False, "StopWith ends a server, and there is none");
    }

    [Test]
    public void A_hosted_service_whose_constructor_throws_is_constructed_only_once()
    {
        var made = 0;

        Assert.That(
            async () => await Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(_ =>
                {
                    made++;
                    throw new InvalidOperationException("made");
                }))).StartAsync().Within(),
            Throws.InvalidOperationException.With.Message.EqualTo("made"));

        Assert.That(made, Is.EqualTo(1));
    }

    [Test]
    public void The_log_does_not_blame_the_delegate_for_a_host_that_failed()
    {
        var log = new FakeLogCollectorProvider();
        using var factory = new WatchedFactory(log.Provider);

        _ = TestLaunch.StartError(_ => { }, options =>
        {
            options.LoggerFactory = factory;
            options.ConfigureLaunchHost(_ => throw new InvalidOperationException());
        });

        Assert.That(log.Messages, Has.None.Contains("Its delegate threw").And.Some.Contains("launch host"));
    }

    [Test]
    public async Task A_background_service_that_fails_crashes_the_launch()
    {
        var error = new InvalidOperationException("background");
        var gate = Gate.NewSource();
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new Background(async () =>
            {
                await gate.Task;
                throw error;
            })))).Start();

        gate.SetResult();
        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_background_service_that_fails_while_another_service_starts_is_what_failed_the_start()
    {
        for (var i = 0; i < 50; i++)
        {
            var fault = new InvalidOperationException("fault");
            var service = new FaultingService(fault);
            var gated = new GatedService();
            var start = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(service).AddSingleton<IHostedService>(gated))).StartAsync();
            await gated.Entered.Within();

            service.Open();

            Assert.That(async () => await start.Within(), Throws.Exception.SameAs(fault));
        }
    }

    [Test]
    public async Task A_background_service_that_fails_while_another_service_blocks_ends_the_start()
    {
        var fault = new InvalidOperationException("fault");
        var service = new FaultingService(fault);
        using var isBlocked = new ManualResetEventSlim();
        var start = Launcher.For(() => { }, options =>
        {
            options.StartTimeout = Timeout.InfiniteTimeSpan;
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(service).AddHostedService(_ => new BlockingService(isBlocked.Set)));
        }).StartAsync();
        isBlocked.Pass();

        service.Open();

        Assert.That(async () => await start.Within(), Throws.Exception.SameAs(fault));
    }

    [Test]
    public async Task A_background_service_whose_failure_the_host_ignores_does_not_crash_the_launch()
    {
        var failed = Gate.NewSource();
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.ConfigureLaunchHost(host =>
            {
                host.Services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
                host.Services.AddSingleton(new Background(async () =>
                {
                    await failed.Task;
                    throw new InvalidOperationException("ignored");
                }));
                host.Services.AddHostedService(services => services.GetRequiredService<Background>());
            })).Start();
        failed.SetResult();
        Assert.That(async () => await handle.LaunchServices.GetRequiredService<Background>().ExecuteTask!.Within(), Throws.InvalidOperationException);

        handle.LaunchServices.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task The_end_of_a_background_service_does_not_end_the_launch()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new Background(() => Task.CompletedTask)))).Start();
        await ((BackgroundService)handle.LaunchServices.GetServices<IHostedService>().Single()).ExecuteTask!.Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
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
        Assert.That(log.Of(LogEvents.ContainerReplaced), Has.Count.EqualTo(1));
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

    private sealed class TypedService(ConcurrentQueue<string> steps) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            steps.Enqueue("typed starts");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Leaves the thread and comes back to its context in each step.</summary>
    private sealed class AwaitingService(string name, ConcurrentQueue<string> steps) : IHostedService
    {
        public ConcurrentQueue<int> Threads { get; } = [];

        public ConcurrentQueue<SynchronizationContext?> Contexts { get; } = [];

        public Task StartAsync(CancellationToken cancellationToken) => this.StepAsync("starts", "has started");

        public Task StopAsync(CancellationToken cancellationToken) => this.StepAsync("stops", "has stopped");

        private async Task StepAsync(string before, string after)
        {
            this.Record(before);
            await Task.Run(() => { });
            await Task.Yield();
            this.Record(after);
        }

        private void Record(string what)
        {
            this.Threads.Enqueue(Environment.CurrentManagedThreadId);
            this.Contexts.Enqueue(SynchronizationContext.Current);
            steps.Enqueue($"{name} {what}");
        }
    }

    private sealed class LifecycleService : IHostedLifecycleService
    {
        public ConcurrentQueue<(string Name, int Thread)> Steps { get; } = [];

        public Task StartingAsync(CancellationToken cancellationToken) => this.StepAsync("Starting");

        public Task StartAsync(CancellationToken cancellationToken) => this.StepAsync("Start");

        public Task StartedAsync(CancellationToken cancellationToken) => this.StepAsync("Started");

        public Task StoppingAsync(CancellationToken cancellationToken) => this.StepAsync("Stopping");

        public Task StopAsync(CancellationToken cancellationToken) => this.StepAsync("Stop");

        public Task StoppedAsync(CancellationToken cancellationToken) => this.StepAsync("Stopped");

        private async Task StepAsync(string name)
        {
            await Task.Run(() => { });
            this.Steps.Enqueue((name, Environment.CurrentManagedThreadId));
        }
    }

    private sealed class FailingService : IHostedService
    {
        public Exception? StartError { get; init; }

        public Exception? StopError { get; init; }

        public Action WhenStopped { get; init; } = () => { };

        public Task StartAsync(CancellationToken cancellationToken) => EndWith(this.StartError);

        public Task StopAsync(CancellationToken cancellationToken)
        {
            this.WhenStopped();
            return EndWith(this.StopError);
        }

        private static Task EndWith(Exception? error) => error is null ? Task.CompletedTask : Task.FromException(error);
    }

    /// <summary>Ends by nothing but an interrupt.</summary>
    private sealed class BlockingService(Action whenBlocked) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            whenBlocked();
            Thread.Sleep(Timeout.Infinite);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class LateService(Func<CancellationToken, Task> stop) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => stop(cancellationToken);
    }

    private sealed class Background(Func<Task> execute) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => execute();
    }

    private sealed class FakeLogCollectorProvider
    {
        public FakeLoggerProvider Provider { get; } = new();

        public IEnumerable<string> Messages => this.Provider.Collector.GetSnapshot().Select(record => record.Message);
    }

    private sealed class WatchedFactory(ILoggerProvider provider) : ILoggerFactory
    {
        public bool WasDisposed { get; private set; }

        public ILogger CreateLogger(string categoryName) => provider.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() => this.WasDisposed = true;
    }

    private sealed class BrokenLogging : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("SafeLaunch", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("scope");

        public bool IsEnabled(LogLevel logLevel) => throw new InvalidOperationException("enabled");

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("log");

        public void Dispose()
        {
            // There is nothing to release.
        }
    }
}
