using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

public sealed class DetectionTests
{
    private static IEnumerable<TestCaseData> Builders()
    {
        yield return Case("HostBuilder", () => new HostBuilder().Build());
        yield return Case("Host.CreateDefaultBuilder", () => Host.CreateDefaultBuilder().ConfigureLogging(logging => logging.ClearProviders()).Build());
        yield return Case("Host.CreateApplicationBuilder", () => TestHosts.Builder().Build());
        yield return Case("Host.CreateEmptyApplicationBuilder", () => Host.CreateEmptyApplicationBuilder(settings: null).Build());

        static TestCaseData Case(string name, Func<IHost> build) => new TestCaseData(build).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Builders))]
    public void A_host_is_detected_and_its_start_makes_the_launch_ready(Func<IHost> build) => DetectedHost.MakesItsLaunchReady(build);

    [Test]
    public async Task Launches_that_build_at_the_same_time_each_detect_their_own_host()
    {
        const int count = 32;
        using var allAtOnce = new Barrier(count + 1);
        var starts = Enumerable.Range(0, count).Select(number => Launcher.For(() => Build(number).Run()).StartAsync()).ToArray();
        using var outside = Build(count);

        var handles = await Task.WhenAll(starts).Within();

        var noticed = handles.Select(handle => handle.Hosts.Select(host => host.Services.GetRequiredService<Number>().Value));
        Assert.That(noticed, Is.EqualTo(Enumerable.Range(0, count).Select(number => new[] { number })));
        Assert.That(outside.Services.GetService<AppHost>(), Is.Null);
        var outcomes = await Task.WhenAll(handles.Select(handle => handle.StopAsync())).Within();
        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.All.EqualTo(LaunchOutcomeKind.Stopped));

        IHost Build(int number)
        {
            var builder = TestHosts.Builder();
            builder.Services.AddSingleton(new Number(number));
            return allAtOnce.SignalAndWait(Gate.Patience) ? builder.Build() : throw new TimeoutException();
        }
    }

    [Test]
    public async Task A_host_that_a_service_of_another_one_starts_does_not_make_the_launch_ready_alone()
    {
        var isInnerStarted = Gate.NewSource();
        var gate = Gate.NewSource();
        var starting = Launcher.For(() => TestHosts.With(new InnerHost(), new OnStart(() =>
        {
            isInnerStarted.SetResult();
            return gate.Task;
        })).Run()).StartAsync();
        await isInnerStarted.Task.Within();
        Assert.That(starting.IsCompleted, Is.False);

        gate.SetResult();

        await using var handle = await starting.Within();
        Assert.That(handle.Hosts, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_host_that_fails_to_start_after_a_service_has_started_another_one_fails_the_start()
    {
        var error = new InvalidOperationException();

        var thrown = TestLaunch.StartError(_ => TestHosts.With(new InnerHost(), new OnStart(() => throw error)).Run());

        Assert.That(thrown, Is.SameAs(error));
    }

    [Test]
    public async Task A_host_that_a_service_started_makes_the_launch_ready_though_the_host_of_that_service_failed_and_the_delegate_has_dropped_it()
    {
        var start = Launcher.For(context =>
        {
            _ = TestHosts.With(new InnerHost(), new OnStart(() => throw new InvalidOperationException())).RunAsync();
            context.Stopping.WaitHandle.WaitOne();
        }).StartAsync();

        await using var handle = await start.Within();

        Assert.That((handle.State, handle.Hosts.Count), Is.EqualTo((LaunchState.Running, 2)));
    }

    [Test]
    public async Task A_program_that_runs_one_host_after_another_keeps_only_the_latest()
    {
        var started = new BlockingCollection<IHost>();
        var isOver = false;
        await using var handle = await Launcher.For(() =>
        {
            while (!isOver)
            {
                using var host = TestHosts.With();
                TestHosts.LifetimeOf(host).ApplicationStarted.Register(() => started.Add(host));
                host.Run();
            }
        }).StartAsync().Within();
        for (var i = 0; i < 3; i++)
        {
            Assert.That(started.TryTake(out var host, Gate.Patience), Is.True);
            Assert.That(handle.Hosts, Is.EqualTo(new[] { host }));
            Assert.That(handle.Services, Is.SameAs(host!.Services));
            isOver = i == 2;
            TestHosts.LifetimeOf(host).StopApplication();
        }

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task A_program_that_builds_a_host_until_one_starts_keeps_only_that_one()
    {
        var attempts = 0;
        IHost? last = null;
        await using var handle = await Launcher.For(() =>
        {
            while (true)
            {
                using var host = TestHosts.With(new OnStart(() => ++attempts < 5 ? throw new InvalidOperationException() : Task.CompletedTask));
                last = host;
                try
                {
                    host.Start();
                    host.WaitForShutdown();
                    return;
                }
                catch (InvalidOperationException)
                {
                    // The next one may start.
                }
            }
        }).StartAsync().Within();

        Assert.That(attempts, Is.EqualTo(5));
        Assert.That(handle.Hosts, Is.EqualTo(new[] { last }));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public void A_host_built_outside_is_left_alone_while_a_launch_runs_and_after_it()
    {
        using (var handle = Launcher.For(() => { }).Start())
        {
            using var during = TestHosts.Builder().Build();

            Assert.That(during.Services.GetRequiredService<IHostLifetime>(), Is.TypeOf<ConsoleLifetime>());
            Assert.That(during.Services.GetService<AppHost>(), Is.Null);
            Assert.That(handle.Hosts, Is.Empty);
        }

        using var after = TestHosts.Builder().Build();
        Assert.That(after.Services.GetRequiredService<IHostLifetime>(), Is.TypeOf<ConsoleLifetime>());
    }

    [Test]
    public async Task A_host_that_launched_code_builds_after_the_end_of_its_launch_is_left_alone()
    {
        using var other = Launcher.For(() => { }).Start();
        var ended = Gate.NewSource();
        var late = Gate.NewSource<IHost>();
        var handle = Launcher.For(() => { _ = BuildLateAsync(); }).Start();

        handle.Stop();
        ended.SetResult();
        using var host = await late.Task.Within();

        Assert.That(host.Services.GetRequiredService<IHostLifetime>(), Is.TypeOf<ConsoleLifetime>());
        Assert.That(handle.Hosts.Concat(other.Hosts), Is.Empty);

        async Task BuildLateAsync()
        {
            await ended.Task.ConfigureAwait(false);
            late.SetResult(TestHosts.Builder().Build());
        }
    }

    [Test, NonParallelizable]
    public void The_hosting_events_have_no_listener_once_the_last_launch_has_ended()
    {
        var first = Launcher.For(() => { }).Start();
        var second = Launcher.For(() => { }).Start();

        first.Stop();
        Assert.That(IsAnybodyListening(), Is.True);
        second.Stop();
        Assert.That(IsAnybodyListening(), Is.False);
    }

    [Test, NonParallelizable]
    public void The_events_are_subscribed_to_until_the_last_watch_is_disposed_of()
    {
        var events = new HostingEvents(() => null);
        var first = events.Begin();
        var second = events.Begin();

        first.Dispose();
        first.Dispose();
        Assert.That(IsAnybodyListening(), Is.True);
        second.Dispose();
        Assert.That(IsAnybodyListening(), Is.False);
        using (events.Begin())
        {
            Assert.That(IsAnybodyListening(), Is.True);
        }

        Assert.That(IsAnybodyListening(), Is.False);
    }

    [TestCase(false)]
    [TestCase(true)]
    public Task A_launch_is_ready_when_its_host_has_started_and_not_before(bool isDropped) =>
        DetectedHost.IsAwaitedByTheStartAsync(service => TestHosts.With(service), isDropped);

    [Test]
    public void A_host_is_detected_also_after_the_services_of_the_launch_were_asked_for()
    {
        using var handle = Launcher.For(context =>
        {
            _ = context.LaunchServices;
            TestHosts.With().Run();
        }).Start();

        Assert.That(handle.Hosts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_host_that_is_built_only_to_be_disposed_of_has_not_failed_to_start()
    {
        await using var handle = await Launcher.For(() => TestHosts.With().Dispose()).StartAsync().Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task Several_hosts_are_all_detected_and_the_first_to_start_makes_the_launch_ready()
    {
        var gated = new GatedService();
        var services = new[] { new CountingService(), new CountingService() };
        await using var handle = await Launcher.For(async () =>
        {
            using var first = TestHosts.With(services[0]);
            using var second = TestHosts.With(gated, services[1]);
            await first.StartAsync();
            await second.StartAsync();
            await Task.WhenAll(first.WaitForShutdownAsync(), second.WaitForShutdownAsync());
        }).StartAsync().Within();

        Assert.That(handle.Hosts.Select(TestHosts.HasStarted), Is.EqualTo(new[] { true, false }));
        gated.Open();
        await WaitForStartOf(handle.Hosts[1]).Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(services.Select(service => service.Steps), Is.All.EqualTo(CountingService.OnceEach));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_host_that_is_built_and_run_on_another_thread_is_detected(bool onThePool)
    {
        var service = new CountingService();
        using var handle = Launcher.For(() =>
        {
            if (onThePool)
            {
                Task.Run(BuildAndRun).Wait();
            }
            else
            {
                var thread = new Thread(BuildAndRun);
                thread.Start();
                thread.Join();
            }
        }).Start();

        Assert.That(handle.Hosts, Has.Count.EqualTo(1));
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnceEach));

        void BuildAndRun() => TestHosts.With(service).Run();
    }

    [Test]
    public void A_host_that_is_built_and_run_on_another_thread_is_detected_though_the_delegate_returns()
    {
        var service = new CountingService();
        var hasBuilt = new ManualResetEventSlim();
        using var handle = Launcher.For(() =>
        {
            new Thread(() =>
            {
                var host = TestHosts.With(service);
                hasBuilt.Set();
                host.Run();
            }).Start();
            hasBuilt.Pass();
        }).Start();

        Assert.That(handle.Hosts.Select(TestHosts.HasStarted), Is.EqualTo(new[] { true }));
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnceEach));
    }

    [Test]
    public void A_host_that_is_built_where_the_execution_context_does_not_flow_is_not_detected()
    {
        using var isBuilt = new ManualResetEventSlim();
        IHost? built = null;
        using var handle = Launcher.For(() =>
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    built = TestHosts.With();
                    isBuilt.Set();
                },
                state: null);
            isBuilt.Pass();
        }).Start();

        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(built!.Services.GetService<AppHost>(), Is.Null);
        built.Dispose();
    }

    [Test]
    public async Task An_exception_of_OnAppHostStarted_is_logged_once_the_launch_is_ready()
    {
        using var log = new LogRecorder();
        var error = new InvalidOperationException("later");
        var started = 0;
        var haveStarted = Gate.NewSource();
        await using var handle = await Launcher.For(
            async context =>
            {
                using var first = TestHosts.With();
                using var second = TestHosts.With();
                await first.StartAsync();
                await second.StartAsync();
                haveStarted.SetResult();
                await Task.Delay(Timeout.Infinite, context.Stopping);
            },
            options =>
            {
                options.LoggerFactory = log.Factory;
                options.OnAppHostStarted((_, _) =>
            {
                if (++started == 2)
                {
                    throw error;
                }
            });
            }).StartAsync().Within();
        await haveStarted.Task.Within();

        Assert.That(log.Single(LogEvents.LaterHostFailed).Exception, Is.SameAs(error));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    private static Task WaitForStartOf(IHost host)
    {
        var started = Gate.NewSource();
        TestHosts.LifetimeOf(host).ApplicationStarted.Register(() => started.TrySetResult());
        return started.Task;
    }

    private static bool IsAnybodyListening()
    {
        using var likeThatOfABuild = new DiagnosticListener("Microsoft.Extensions.Hosting");
        return likeThatOfABuild.IsEnabled();
    }

    private sealed record Number(int Value);

    /// <summary>Starts a host within the start of its own.</summary>
    private sealed class InnerHost : IHostedService
    {
        private IHost? host;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            this.host = TestHosts.With();
            return this.host.StartAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => this.host!.StopAsync(cancellationToken);
    }

    private sealed class OnStart(Func<Task> start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
