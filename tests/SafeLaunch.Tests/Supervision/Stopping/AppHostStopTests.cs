using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SafeLaunch.Tests.Supervision.Stopping;

public sealed class AppHostStopTests
{
    /// <summary>
    /// How long a host takes to stop by itself: longer than the code that runs it may take to begin, after which the host would be stopped again. On a machine that is
    /// slower than that, the test passes too easily; it never fails.
    /// </summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(300);

    [Test]
    public void Many_hosts_that_were_only_started_are_stopped_within_the_bound_of_one_stop()
    {
        var stopTimeout = TimeSpan.FromSeconds(3);
        using var areStarted = new ManualResetEventSlim();
        using var handle = Launcher.For(
            () =>
            {
                for (var i = 0; i < 60; i++)
                {
                    TestHosts.With().Start();
                }

                areStarted.Set();
            },
            options => options.StopTimeout = stopTimeout).Start();
        areStarted.Pass();
        var lifetimes = handle.Hosts.Select(TestHosts.LifetimeOf).ToArray();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var outcome = handle.Stop();

        Assert.That(clock.Elapsed, Is.LessThan(stopTimeout + TimeSpan.FromSeconds(2)));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(lifetimes.Select(lifetime => lifetime.ApplicationStopped.IsCancellationRequested), Has.Exactly(60).Items.And.All.True);
    }

    private static IEnumerable<TestCaseData> Styles()
    {
        yield return Case("Run", build => Launcher.For(() => build().Run()));
        yield return Case("await RunAsync", build => Launcher.For(async () => await build().RunAsync()));
        yield return Case("RunAsync, returned", build => Launcher.For(() => build().RunAsync()));
        yield return Case("RunAsync, waited for", build => Launcher.For(() => build().RunAsync().Wait()));
        yield return Case("RunAsync with Stopping", build => Launcher.For(launch => build().RunAsync(launch.Stopping)));
        yield return Case("RunAsync, discarded", build => Launcher.For(() => { _ = build().RunAsync(); }));
        yield return Case("Run on a thread, left alone", build => Launcher.For(() =>
        {
            var host = build();
            new Thread(() => host.Run()).Start();
        }));
        yield return Case("Start", build => Launcher.For(() => { build().Start(); }));
        yield return Case("await StartAsync", build => Launcher.For(async () => await build().StartAsync()));
        yield return Case("Start, host returned", build => Launcher.For(() =>
        {
            var host = build();
            host.Start();
            return host;
        }));
        yield return Case("Start and WaitForShutdown", build => Launcher.For(() =>
        {
            var host = build();
            host.Start();
            host.WaitForShutdown();
        }));
        yield return Case("using, StartAsync and WaitForShutdownAsync", build => Launcher.For(async () =>
        {
            using var host = build();
            await host.StartAsync();
            await host.WaitForShutdownAsync();
        }));
        yield return Case("Start, wait for Stopping and Stop", build => Launcher.For(async launch =>
        {
            using var host = build();
            await host.StartAsync();
            await Task.Delay(Timeout.Infinite, launch.Stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            await host.StopAsync();
        }));

        static TestCaseData Case(string name, Func<Func<IHost>, Launcher> launcher) =>
            new TestCaseData(launcher).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Styles))]
    public void Every_hosted_service_is_stopped_once(Func<Func<IHost>, Launcher> launcher)
    {
        var services = new[] { new CountingService(), new CountingService() };
        using var handle = launcher(() => TestHosts.With(services)).Start();
        Assert.That(services.Select(service => service.Steps), Is.All.EqualTo(CountingService.OnlyStarted));

        var outcome = handle.Stop();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(services.Select(service => service.Steps), Is.All.EqualTo(CountingService.OnceEach));
    }

    [Test]
    public void Several_hosts_are_each_stopped_once_and_the_newest_first()
    {
        var order = new List<string>();
        var services = new[] { new CountingService(), new CountingService(), new CountingService() };
        using var isParked = new ManualResetEventSlim();
        using var handle = Launcher.For(() =>
        {
            Build("left", services[0]).Start();
            _ = Build("discarded", services[1]).RunAsync();
            var parked = Build("parked", services[2]);
            TestHosts.LifetimeOf(parked).ApplicationStarted.Register(isParked.Set);
            parked.Run();
        }).Start();
        isParked.Pass();

        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));

        Assert.That(order, Is.EqualTo(new[] { "parked", "discarded", "left" }));
        Assert.That(services.Select(service => service.Steps), Is.All.EqualTo(CountingService.OnceEach));

        IHost Build(string name, CountingService service)
        {
            var host = TestHosts.With(service);
            TestHosts.LifetimeOf(host).ApplicationStopping.Register(() => order.Add(name));
            return host;
        }
    }

    [Test]
    public async Task Hosts_that_were_only_started_are_stopped_one_after_the_other_newest_first()
    {
        var order = new List<string>();
        using var haveAllStarted = new ManualResetEventSlim();
        await using var handle = await Launcher.For(() =>
        {
            Start("old");
            Start("new");
            haveAllStarted.Set();
        }).StartAsync().Within();
        haveAllStarted.Pass();

        await handle.StopAsync().Within();

        Assert.That(order, Is.EqualTo(new[] { "new stops", "new is disposed", "old stops", "old is disposed" }));

        void Start(string name)
        {
            var builder = TestHosts.Builder();
            builder.Services.AddHostedService(_ => new StopsBy(
                () =>
                {
                    order.Add($"{name} stops");
                    return Task.CompletedTask;
                },
                () => order.Add($"{name} is disposed")));
            builder.Build().Start();
        }
    }

    [Test]
    public async Task Hosts_beside_a_delegate_that_stays_are_stopped_one_after_the_other_newest_first()
    {
        var order = new List<string>();
        var oldStops = Gate.NewSource();
        using var areStarted = new ManualResetEventSlim();
        await using var handle = await Launcher.For(
            context =>
            {
                Start(() =>
                {
                    order.Add("old stops");
                    oldStops.SetResult();
                    return Task.CompletedTask;
                });
                Start(async () =>
                {
                    order.Add("new stops");
                    await Task.WhenAny(oldStops.Task, Task.Delay(Watched));
                    order.Add("new has stopped");
                });
                areStarted.Set();
                TestLaunch.UntilInterrupted(context);
            },
            options => options.StopTimeout = TimeSpan.FromSeconds(2)).StartAsync().Within();
        areStarted.Pass();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.Null);
        Assert.That(order, Is.EqualTo(new[] { "new stops", "new has stopped", "old stops" }));

        static void Start(Func<Task> stop)
        {
            var builder = TestHosts.Builder();
            builder.Services.AddHostedService(_ => new StopsBy(stop, () => { }));
            builder.Build().Start();
        }
    }

    [Test]
    public async Task A_host_is_stopped_beside_a_delegate_that_waits_for_that_stop_and_before_a_captured_host()
    {
        var hasStopped = Gate.NewSource();
        var captured = TestHosts.With();
        var wasCapturedStopped = false;
        using var areStarted = new ManualResetEventSlim();
        await using var handle = await Launcher.For(
            () =>
            {
                var builder = TestHosts.Builder();
                builder.Services.AddHostedService(_ => new StopsBy(
                    () =>
                    {
                        wasCapturedStopped = TestHosts.HasStopped(captured);
                        hasStopped.SetResult();
                        return Task.CompletedTask;
                    },
                    () => { }));
                builder.Build().Start();
                captured.Start();
                areStarted.Set();
                hasStopped.Task.Wait();
            },
            options => options.StopTimeout = TimeSpan.FromSeconds(20)).StartAsync().Within();
        areStarted.Pass();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(wasCapturedStopped, Is.False);
        Assert.That(() => captured.Services.GetService<IHostedService>(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_host_that_the_delegate_stops_and_does_not_dispose_of_is_disposed_of()
    {
        IHost? host = null;
        await using var handle = await Launcher.For(async context =>
        {
            host = TestHosts.With();
            await host.StartAsync();
            await Task.Delay(Timeout.Infinite, context.Stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            await host.StopAsync();
        }).StartAsync().Within();

        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));

        Assert.That(() => host!.Services.GetService<IHostedService>(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_host_whose_disposal_hangs_is_reported()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = await Launcher.For(
            () =>
            {
                var builder = TestHosts.Builder();
                builder.Services.AddHostedService(_ => new StopsBy(() => Task.CompletedTask, gate.Pass));
                builder.Build().Start();
            },
            options => options.StopTimeout = TestLaunch.ShortStop).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("disposing of an app host had not ended"));
    }

    [Test]
    public async Task A_host_that_takes_its_time_to_stop_by_itself_is_not_stopped_twice()
    {
        var stops = 0;
        var again = Gate.NewSource();
        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Services.AddHostedService(_ => new StopsBy(StopSlowlyAsync, dispose: () => { }));
            _ = builder.Build().RunAsync();
        }).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(stops, Is.EqualTo(1));

        Task StopSlowlyAsync()
        {
            if (Interlocked.Increment(ref stops) > 1)
            {
                again.SetResult();
            }

            return Task.WhenAny(again.Task, Task.Delay(Watched));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_host_that_comes_after_the_stop_has_begun_is_stopped_too(bool isBuiltBefore)
    {
        var first = TestHosts.With();
        var captured = isBuiltBefore ? TestHosts.With() : null;
        IHost? late = null;
        await using var handle = await Launcher.For(launch =>
        {
            first.Start();
            launch.Stopping.WaitHandle.WaitOne();
            first.WaitForShutdown();
            late = captured ?? TestHosts.With();
            late.Run();
        }).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(() => late!.Services.GetService<IHostedService>(), Throws.TypeOf<ObjectDisposedException>());
    }

    [TestCase(30, 10, 8.5)]
    [TestCase(2, 10, 2)]
    [TestCase(30, 1, 0.5)]
    [TestCase(-0.001, 10, 8.5)]
    public void The_shutdown_time_of_a_host_is_brought_within_that_of_the_stop(double ofTheHost, double ofTheStop, double expected)
    {
        using var handle = Launcher.For(
            () =>
            {
                var builder = TestHosts.Builder();
                builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(ofTheHost));
                builder.Build().Run();
            },
            options => options.StopTimeout = TimeSpan.FromSeconds(ofTheStop)).Start();

        var options = handle.Hosts[0].Services.GetRequiredService<IOptions<HostOptions>>().Value;

        Assert.That(options.ShutdownTimeout, Is.EqualTo(TimeSpan.FromSeconds(expected)));
    }

    [Test]
    public async Task A_captured_host_that_takes_too_long_to_stop_is_interrupted()
    {
        var host = TestHosts.With(new StopsLate());
        await using var handle = await Launcher.For(() => host.Run(), options => options.StopTimeout = TimeSpan.FromMilliseconds(500)).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Does.EndWith("its thread was interrupted."));
    }

    [Test]
    public async Task A_host_whose_ApplicationStopping_hangs_is_reported()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = await Launcher.For(
            () =>
            {
                var host = TestHosts.With();
                TestHosts.LifetimeOf(host).ApplicationStopping.Register(gate.Pass);
                host.Start();
            },
            options => options.StopTimeout = TestLaunch.ShortStop).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Exception, Is.Not.Null);
        Assert.That($"{outcome.Exception}", Does.Contain("asking the app hosts to stop had not ended"));
    }

    [Test]
    public async Task A_host_whose_ApplicationStopping_hangs_keeps_no_other_host_from_being_asked()
    {
        using var gate = new ManualResetEventSlim();
        var wasAsked = Gate.NewSource();
        await using var handle = await Launcher.For(() =>
        {
            var first = TestHosts.With();
            TestHosts.LifetimeOf(first).ApplicationStopping.Register(wasAsked.SetResult);
            first.Start();
            var second = TestHosts.With();
            TestHosts.LifetimeOf(second).ApplicationStopping.Register(gate.Pass);
            second.Start();
        }).StartAsync().Within();

        var stop = handle.StopAsync();
        await wasAsked.Task.Within();
        gate.Set();

        Assert.That((await stop.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_host_that_fails_to_stop_is_disposed_of()
    {
        var error = new InvalidOperationException("stop");
        var disposed = Gate.NewSource();
        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Services.AddHostedService(_ => new StopsBy(() => throw error, disposed.SetResult));
            builder.Build().Start();
        }).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.SameAs(error));
        Assert.That(disposed.Task.IsCompleted, Is.True);
    }

    [Test]
    public async Task A_host_that_stops_by_itself_has_returned()
    {
        var host = TestHosts.With();
        await using var handle = await Launcher.For(() => host.Run()).StartAsync().Within();

        TestHosts.LifetimeOf(host).StopApplication();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task A_host_that_was_left_running_and_stops_by_itself_has_returned()
    {
        await using var handle = await Launcher.For(() => { TestHosts.With().Start(); }).StartAsync().Within();

        await handle.Hosts[0].StopAsync();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_launch_lives_as_long_as_one_of_its_hosts_does()
    {
        using var haveAllStarted = new ManualResetEventSlim();
        await using var handle = await Launcher.For(() =>
        {
            TestHosts.With().Start();
            TestHosts.With().Start();
            haveAllStarted.Set();
        }).StartAsync().Within();
        haveAllStarted.Pass();

        await handle.Hosts[0].StopAsync();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        await handle.Hosts[1].StopAsync();

        Assert.That((await handle.Completion.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_host_whose_ApplicationStopping_hangs_is_reported_by_its_own_steps_and_not_as_a_callback_of_Stopping()
    {
        using var mayEnd = new ManualResetEventSlim();
        var handle = await Launcher.For(() => TestHosts.With().Run(), options => options.StopTimeout = TestLaunch.ShortStop).StartAsync().Within();
        TestHosts.LifetimeOf(handle.Hosts[0]).ApplicationStopping.Register(() => mayEnd.Wait());

        var outcome = await handle.StopAsync().Within();
        mayEnd.Set();

        Assert.That(outcome.Exception!.Message, Does.Contain("asking the app hosts to stop").And.Not.Contain("a callback registered with Stopping"));
    }

    [Test]
    public async Task A_host_that_is_never_started_does_not_keep_the_launch_alive()
    {
        var gated = new GatedService();
        var start = Launcher.For(() =>
        {
            _ = TestHosts.With(gated).RunAsync();
            TestHosts.With().Dispose();
        }).StartAsync();
        await gated.Entered.Within();
        gated.Open();
        await using var handle = await start.Within();

        await handle.Hosts[0].StopAsync();

        Assert.That((await handle.Completion.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_background_service_that_faults_crashes_the_launch_with_its_exception()
    {
        var fault = new InvalidOperationException("fault");
        var service = new FaultingService(fault);
        await using var handle = await Launcher.For(() => TestHosts.With(service).Run()).StartAsync().Within();

        service.Open();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(fault));
    }

    [Test]
    public async Task A_background_service_that_is_cancelled_by_itself_crashes_the_launch()
    {
        var timeOut = new TaskCanceledException("the request timed out");
        var service = new FaultingService(timeOut);
        await using var handle = await Launcher.For(() => TestHosts.With(service).Run()).StartAsync().Within();

        service.Open();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(timeOut));
    }

    [Test]
    public async Task A_background_service_that_ends_with_its_host_by_a_cancellation_has_not_failed()
    {
        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Services.AddHostedService(services => new RunsUntilStopping(services.GetRequiredService<IHostApplicationLifetime>()));
            builder.Build().Run();
        }).StartAsync().Within();

        TestHosts.LifetimeOf(handle.Hosts[0]).StopApplication();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    private static IEnumerable<TestCaseData> FaultingRuns()
    {
        yield return new(false);
        yield return new TestCaseData(true).NotOnMono("Hosting 8, which it has there, fails the start of a host with a background service that fails at once");
    }

    [TestCaseSource(nameof(FaultingRuns))]
    public void A_background_service_that_faults_before_ready_fails_the_start_with_its_exception(bool isRunDiscarded)
    {
        var fault = new InvalidOperationException("fault");
        var service = new FaultingService(fault);
        service.Open();

        var exception = Assert.Throws<InvalidOperationException>(() => Launcher.For(() =>
        {
            var run = TestHosts.With(service, new GatedService()).RunAsync();
            if (!isRunDiscarded)
            {
                run.GetAwaiter().GetResult();
            }
        }).Start());

        Assert.That(exception, Is.SameAs(fault));
    }

    [Test]
    public async Task A_background_service_that_faults_while_another_service_starts_is_what_failed_the_start()
    {
        for (var i = 0; i < 50; i++)
        {
            var fault = new InvalidOperationException("fault");
            var service = new FaultingService(fault);
            var gated = new GatedService();
            var start = Launcher.For(() => TestHosts.With(service, gated).RunAsync()).StartAsync();
            await gated.Entered.Within();

            service.Open();

            Assert.That(async () => await start.Within(), Throws.Exception.SameAs(fault));
        }
    }

    [Test]
    public void A_hosted_service_that_throws_in_its_start_fails_the_start_with_its_exception()
    {
        var fault = new InvalidOperationException("fault");

        var exception = Assert.Throws<InvalidOperationException>(() => Launcher.For(() => TestHosts.With(new StartsBy(() => throw fault)).Run()).Start());

        Assert.That(exception, Is.SameAs(fault));
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public void A_hosted_service_that_awaits_while_Run_blocks_the_thread_starts_on_that_thread()
    {
        var threads = new List<int>();
        using var handle = Launcher.For(() => TestHosts.With(new StartsBy(async () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
#pragma warning disable VSTHRD111 // To come back to the context is what it shows.
            await Task.Run(() => threads.Add(Environment.CurrentManagedThreadId));
#pragma warning restore VSTHRD111
            threads.Add(Environment.CurrentManagedThreadId);
        })).Run()).Start();

        var launchThread = handle.Stop().ThreadId;

        Assert.That(threads, Is.EqualTo(new[] { launchThread, threads[1], launchThread }));
        Assert.That(threads[1], Is.Not.EqualTo(launchThread));
    }

    /// <summary>Makes use of all the time that it is given.</summary>
    private sealed class StopsLate : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }

    /// <summary>Is cancelled before the launch observes that the host stops.</summary>
    private sealed class RunsUntilStopping(IHostApplicationLifetime lifetime) : BackgroundService
    {
        private readonly TaskCompletionSource run = new();

        public override Task StartAsync(CancellationToken cancellationToken)
        {
            // The last registration is called first.
            lifetime.ApplicationStopping.Register(this.run.SetCanceled);
            return base.StartAsync(cancellationToken);
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => this.run.Task;
    }

    private sealed class StopsBy(Func<Task> stop, Action dispose) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => stop();

        public void Dispose() => dispose();
    }

    private sealed class StartsBy(Func<Task> start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
