using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Hosts that were built before the launch: <c>var app = …; Launcher.For(() => app.Run())</c>.</summary>
public sealed class CapturedHostTests
{
    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Case("closure", host => Launcher.For(() => host.Run()));
        yield return Case("async closure", host => Launcher.For(async () => await host.RunAsync()));
        yield return Case("closure in a closure", InnerClosure);
        yield return Case("closure that returns", host => Launcher.For(() => { host.Start(); }));
        yield return Case("field of this", host => new Holder(host).RunField());
        yield return Case("field of this and a variable", host => new Holder(host).RunFieldAndVariable());
        yield return Case("private field of a base class", host => new DerivedHolder(host).RunField());
        yield return Case("method group", host => Launcher.For(host.Run));
        yield return Case("another thread", host => Launcher.For(() => Task.Run(() => host.Run()).Wait()));

        static TestCaseData Case(string name, Func<IHost, Launcher> launcher) =>
            new TestCaseData(launcher).SetArgDisplayNames(name);

        static Launcher InnerClosure(IHost host)
        {
            foreach (var inner in new[] { "in a scope of its own" })
            {
                return Launcher.For(() =>
                {
                    GC.KeepAlive(inner);
                    host.Run();
                });
            }

            throw new InvalidOperationException();
        }
    }

    [TestCaseSource(nameof(Shapes))]
    public void A_captured_host_is_detected_when_the_launch_starts_it(Func<IHost, Launcher> launcher)
    {
        var service = new CountingService();
        var host = TestHosts.With(service);

        using var handle = launcher(host).Start();

        Assert.That(handle.Hosts, Is.EqualTo(new[] { host }));
        Assert.That(TestHosts.HasStarted(host), Is.True);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnceEach));
    }

    [Test]
    public async Task A_launch_whose_code_disposes_of_a_captured_host_without_a_stop_ends_with_its_return()
    {
        var host = TestHosts.With();
        var gate = Gate.NewSource();
        await using var handle = await Launcher.For(async () =>
        {
            using (host)
            {
                await host.StartAsync();
                await gate.Task;
            }
        }).StartAsync().Within();

        gate.SetResult();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public void A_captured_host_without_services_is_no_concern_of_the_launch()
    {
        var host = new HostDouble();

        using var handle = Launcher.For(() => GC.KeepAlive(host)).Start();

        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_captured_host_whose_second_start_succeeds_has_not_failed_to_start()
    {
        var starts = 0;
        using var host = TestHosts.With(new FailsOnce(() => Interlocked.Increment(ref starts) == 1));
        using var watched = CapturedHost.TryWatch(host, static _ => { })!;
        Assert.That(() => host.StartAsync(), Throws.InvalidOperationException);
        watched.OnStartFailed();
        Assert.That((watched.FailedToStart, watched.IsHalfStarted), Is.EqualTo((true, true)));

        await host.StartAsync().Within();

        Assert.That((watched.FailedToStart, watched.IsHalfStarted), Is.EqualTo((false, false)));
        await host.StopAsync().Within();
    }

    [Test]
    public async Task A_captured_host_is_starting_only_from_the_beginning_of_its_start_to_the_end()
    {
        var gated = new GatedService();
        using var host = TestHosts.With(gated);
        var started = new List<IHost>();
        using var watched = CapturedHost.TryWatch(host, started.Add)!;
        watched.OnStartFailed();
        Assert.That((watched.IsStarting, watched.FailedToStart, watched.IsHalfStarted), Is.EqualTo((false, false, false)));

        var start = host.StartAsync();
        await gated.Entered.Within();
        Assert.That(watched.IsStarting, Is.True);

        gated.Open();
        await start.Within();
        watched.OnStartFailed();
        Assert.That((watched.IsStarting, watched.FailedToStart), Is.EqualTo((false, false)));
        Assert.That(started, Is.EqualTo(new[] { host }));
        await host.StopAsync().Within();
    }

    [Test]
    public async Task A_captured_host_whose_start_had_begun_before_the_launch_is_not_watched()
    {
        var gated = new GatedService();
        using var host = TestHosts.With(gated);
        var isStarted = false;
        var start = host.StartAsync();
        await gated.Entered.Within();
        using var watched = CapturedHost.TryWatch(host, _ => isStarted = true)!;
        watched.OnStartFailed();
        Assert.That((watched.IsStarting, watched.FailedToStart), Is.EqualTo((false, false)));

        gated.Open();
        await start.Within();

        Assert.That(isStarted, Is.False);
        await host.StopAsync().Within();
    }

    [Test]
    public async Task A_captured_host_that_was_disposed_of_after_its_failed_start_is_not_half_started()
    {
        var gated = new GatedService();
        var host = TestHosts.With(gated);
        using var watched = CapturedHost.TryWatch(host, static _ => { })!;
        var start = host.StartAsync();
        await gated.Entered.Within();
        watched.OnStartFailed();
        Assert.That((watched.IsStarting, watched.FailedToStart, watched.IsHalfStarted), Is.EqualTo((false, true, true)));

        host.Dispose();

        Assert.That((watched.FailedToStart, watched.IsHalfStarted), Is.EqualTo((true, false)));
        gated.Open();
        start.Forget();
    }

    [Test]
    public void A_captured_host_that_is_disposed_already_is_no_concern_of_the_launch()
    {
        var host = TestHosts.With();
        host.Dispose();

        using var handle = Launcher.For(() => GC.KeepAlive(host)).Start();

        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_captured_host_that_other_code_starts_is_neither_detected_nor_stopped()
    {
        using var host = TestHosts.With();
        using var handle = Launcher.For(() => GC.KeepAlive(host)).Start();
        await host.StartAsync();

        Assert.That(handle.Hosts, Is.Empty);
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(TestHosts.IsAskedToStop(host), Is.False);
        await host.StopAsync();
    }

    [Test]
    public async Task A_captured_host_that_runs_already_is_not_stopped()
    {
        using var host = TestHosts.With();
        await host.StartAsync();
        using (var handle = Launcher.For(() => GC.KeepAlive(host)).Start())
        {
            Assert.That(handle.Hosts, Is.Empty);
        }

        Assert.That(TestHosts.IsAskedToStop(host), Is.False);
        await host.StopAsync();
    }

    [Test]
    public async Task A_captured_host_that_the_delegate_stops_itself_stays_usable_for_its_owner()
    {
        using var host = TestHosts.With();
        await using var handle = await Launcher.For(async context =>
        {
            await host.StartAsync();
            await Task.Delay(Timeout.Infinite, context.Stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            await host.StopAsync();
        }).StartAsync().Within();

        await handle.StopAsync().Within();

        Assert.That((TestHosts.HasStopped(host), HostDisposal.HasHappened(host)), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_captured_host_whose_failed_start_ends_the_launch_at_once_is_disposed_of()
    {
        var error = new InvalidOperationException("no database");
        var host = TestHosts.With(new FailingService { StartError = error });

        Assert.That(TestLaunch.StartError(_ => host.Start()), Is.SameAs(error));

        Assert.That(HostDisposal.HasHappened(host), Is.True);
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [Test]
    public async Task A_captured_host_that_other_code_is_starting_is_left_alone_by_a_launch_whose_start_fails()
    {
        var error = new InvalidOperationException("the delegate");
        var hasBegun = Gate.NewSource();
        var gated = new GatedService();
        using var host = TestHosts.With(gated);
        Action code = () =>
        {
            GC.KeepAlive(host);
            hasBegun.SetResult();
            gated.Entered.Wait(Gate.Patience);
            throw error;
        };
        var launch = Launcher.For(code).StartAsync();
        await hasBegun.Task.Within();

        var elsewhere = host.StartAsync();
        Assert.That(await launch.ErrorAsync(), Is.SameAs(error));
        gated.Open();
        await elsewhere.Within();

        Assert.That((TestHosts.HasStarted(host), TestHosts.IsAskedToStop(host)), Is.EqualTo((true, false)));
        await host.StopAsync().Within();
    }

    private static IEnumerable<TestCaseData> Overlays()
    {
        yield return Case("Configuration", options => options.Configuration["greeting"] = "hello");
        yield return Case("ConfigureAppHost", options => options.ConfigureAppHost(_ => { }));

        static TestCaseData Case(string name, Action<LaunchOptions> options) => new TestCaseData(options).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Overlays))]
    public void Options_that_would_change_a_captured_host_fail_the_start(Action<LaunchOptions> options)
    {
        var service = new CountingService();
        var host = TestHosts.With(service);

        var wasCalled = false;

        var exception = Assert.Throws<LaunchException>(() => Launcher.For(() => host.Run(), options + (it => it.OnAppHostStarted((_, _) => wasCalled = true))).Start());

        Assert.That(wasCalled, Is.False);
        Assert.That(exception.Message, Does.Contain("was built before the launch").And.Contain("UseLoopback"));
        Assert.That(service.Steps, Is.EqualTo(CountingService.OnceEach));
    }

    [Test]
    public async Task The_fault_of_a_captured_hosts_background_service_is_the_outcome()
    {
        var fault = new InvalidOperationException("fault");
        var service = new FaultingService(fault);
        var host = TestHosts.With(service);
        await using var handle = await Launcher.For(() => host.Run()).StartAsync().Within();

        service.Open();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(fault));
    }

    [Test]
    public void A_start_ends_though_the_callback_for_a_captured_host_never_does()
    {
        using var gate = new ManualResetEventSlim();
        var host = TestHosts.With();
        Action<LaunchOptions> configure = options =>
        {
            options.StartTimeout = TimeSpan.FromMilliseconds(200);
            options.StopTimeout = TestLaunch.ShortStop;
            options.OnAppHostStarted((_, _) => TestLaunch.WaitStubbornly(gate));
        };

        try
        {
            Assert.CatchAsync<LaunchTimeoutException>(() => Launcher.For(() => host.Run(), configure).StartAsync().Within());
        }
        finally
        {
            gate.Set();
        }
    }

    private sealed class DerivedHolder(IHost host) : Holder(host);

    private class Holder(IHost host)
    {
        private readonly IHost host = host;

        public Launcher RunField() => Launcher.For(() => this.host.Run());

        public Launcher RunFieldAndVariable()
        {
            var variable = "local";
            return Launcher.For(() =>
            {
                GC.KeepAlive(variable);
                this.host.Run();
            });
        }
    }

    private sealed class FailsOnce(Func<bool> fails) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => fails() ? throw new InvalidOperationException("first") : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class HostDouble : IHost
    {
        public IServiceProvider Services => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task StopAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
