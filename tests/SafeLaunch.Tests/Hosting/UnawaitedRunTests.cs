using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Delegates that drop the task of RunAsync.</summary>
public sealed class UnawaitedRunTests
{
    private static IEnumerable<TestCaseData> Builds()
    {
        yield return new TestCaseData(false).SetArgDisplayNames("built by the delegate");
        yield return new TestCaseData(true).SetArgDisplayNames("captured");
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [TestCaseSource(nameof(Builds))]
    public void A_dropped_RunAsync_that_fails_fails_the_start_though_the_delegate_blocks(bool isCaptured)
    {
        var error = new InvalidOperationException("no database");
        var captured = isCaptured ? TestHosts.With(new FailsToStart(error)) : null;

        Assert.That(ErrorOfDroppedRun(error, captured), Is.SameAs(error));
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [TestCaseSource(nameof(Builds))]
    public void A_dropped_RunAsync_that_fails_fails_the_start_though_the_delegate_awaits(bool isCaptured)
    {
        var error = new InvalidOperationException("no database");
        var captured = isCaptured ? TestHosts.With(new FailsToStart(error)) : null;

        var thrown = Assert.CatchAsync(() => Launcher.For(async context =>
        {
            _ = (captured ?? TestHosts.With(new FailsToStart(error))).RunAsync();
            await Task.Delay(Timeout.Infinite, context.Stopping);
        }).StartAsync().Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [TestCaseSource(nameof(Builds))]
    public void A_dropped_RunAsync_that_fails_fails_the_start_of_a_delegate_that_returns(bool isCaptured)
    {
        var error = new InvalidOperationException("no database");
        var captured = isCaptured ? TestHosts.With(new FailsToStart(error)) : null;

        var thrown = Assert.CatchAsync(() => Launcher.For(() => { _ = (captured ?? TestHosts.With(new FailsToStart(error))).RunAsync(); }).StartAsync().Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [TestCaseSource(nameof(Builds))]
    public void A_dropped_StartAsync_that_fails_fails_the_start_though_the_delegate_blocks(bool isCaptured)
    {
        var error = new InvalidOperationException("no database");
        var captured = isCaptured ? TestHosts.With(new FailsToStart(error)) : null;

        var thrown = Assert.CatchAsync(() => Launcher.For(context =>
        {
            _ = (captured ?? TestHosts.With(new FailsToStart(error))).StartAsync();
            context.Stopping.WaitHandle.WaitOne();
        }).StartAsync().Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [Test]
    public void A_Run_on_another_thread_that_fails_fails_the_start_though_the_delegate_blocks()
    {
        var error = new InvalidOperationException("no database");

        var thrown = Assert.CatchAsync(() => Launcher.For(context =>
        {
            _ = Task.Run(() => TestHosts.With(new FailsToStart(error)).Run());
            context.Stopping.WaitHandle.WaitOne();
        }).StartAsync().Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [Test]
    public void A_Start_whose_failure_the_delegate_caught_before_it_returned_fails_the_start()
    {
        var error = new InvalidOperationException("no database");

        var thrown = Assert.CatchAsync(() => Launcher.For(() =>
        {
            Assert.Catch<InvalidOperationException>(() => TestHosts.With(new FailsToStart(error)).Start());
        }).StartAsync().Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [Test]
    public async Task A_captured_host_that_fails_to_start_elsewhere_fails_no_launch()
    {
        var isStarting = Gate.NewSource();
        var gate = Gate.NewSource();
        using var host = TestHosts.With(new StartsBy(isStarting, gate.Task));
        var start = Launcher.For(context =>
        {
            GC.KeepAlive(host);
            isStarting.Task.Wait();
            context.SignalReady();
            context.Stopping.WaitHandle.WaitOne();
        }).StartAsync();
        var elsewhere = host.StartAsync();

        await using var handle = await start.Within();
        await handle.StopAsync().Within();
        gate.SetResult();
        await elsewhere.Within();

        Assert.That(TestHosts.HasStarted(host), Is.True, "the launch has stopped the host of its caller");
        await host.StopAsync();
    }

    [Test]
    public async Task A_captured_host_that_is_run_by_a_dropped_RunAsync_is_ready_once_it_has_started()
    {
        var isStarting = Gate.NewSource();
        var gate = Gate.NewSource();
        var host = TestHosts.With(new StartsBy(isStarting, gate.Task));
        var start = Launcher.For(() => { _ = host.RunAsync(); }).StartAsync();
        await isStarting.Task.Within();
        Assert.That(start.IsCompleted, Is.False);

        gate.SetResult();

        await using var handle = await start.Within();
        Assert.That(TestHosts.HasStarted(host), Is.True);
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [Test]
    public async Task A_delegate_that_catches_the_failure_of_Run_may_take_its_time_and_run_another_host()
    {
        var mayGoOn = Gate.NewSource();
        var hasFailed = Gate.NewSource();
        var start = Launcher.For(() =>
        {
            Assert.Catch(() => TestHosts.With(new FailsToStart(new InvalidOperationException())).Run());
            hasFailed.SetResult();
            mayGoOn.Task.Wait();
            TestHosts.With().Run();
        }).StartAsync();
        await hasFailed.Task.Within();

        // By then the time is over that a delegate has which does not wait for its host, since it is over for a delegate that began later.
        Assert.That(ErrorOfDroppedRun(new InvalidOperationException("no database")), Is.Not.Null);
        Assert.That(start.IsCompleted, Is.False);
        mayGoOn.SetResult();

        await using var handle = await start.Within();
    }

    private static Exception? ErrorOfDroppedRun(Exception error, IHost? captured = null) =>
        Assert.CatchAsync(() => Launcher.For(context =>
        {
            _ = (captured ?? TestHosts.With(new FailsToStart(error))).RunAsync();
            context.Stopping.WaitHandle.WaitOne();
        }).StartAsync().Within());

    private sealed class FailsToStart(Exception error) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.Run(() => { }, cancellationToken).ConfigureAwait(false);
            throw error;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class StartsBy(TaskCompletionSource isStarting, Task gate) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            isStarting.SetResult();
            return gate;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
