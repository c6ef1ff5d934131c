using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>The token of <see cref="LaunchHandle.StopAsync"/> ends the grace of a stop, which would last for minutes here.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class GraceTests
{
    private static readonly TimeSpan PatientTime = TimeSpan.FromMinutes(10);

    [Test]
    public async Task A_cancelled_token_interrupts_a_delegate_that_ignores_the_stop()
    {
        using var cancel = new CancellationTokenSource();
        await using var handle = Launcher.For(TestLaunch.UntilInterrupted, Patient).Start();
        var stop = handle.StopAsync(cancel.Token);
        Assert.That(stop.IsCompleted, Is.False);

        await cancel.CancelAsync();
        var outcome = await stop.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Does.Contain("its thread was interrupted").And.Not.Contain(PatientTime.ToString()));
        Assert.That(outcome, Is.SameAs(handle.Stop()));
    }

    [Test]
    public async Task A_token_that_is_cancelled_already_leaves_no_grace()
    {
        await using var handle = Launcher.For(TestLaunch.UntilInterrupted, Patient).Start();

        var outcome = await handle.StopAsync(new(canceled: true)).Within();

        Assert.That(outcome.Reason, Does.Contain("its thread was interrupted"));
    }

    /// <summary>Many times, since the stop may come before the launch itself has noticed the return.</summary>
    [Test]
    [Repeat(200)]
    public async Task A_launch_that_ends_at_once_is_stopped_as_ever_by_a_token_that_is_cancelled_already()
    {
        await using var handle = Launcher.For(() => { }, Patient).Start();

        Assert.That((await handle.StopAsync(new(canceled: true)).Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_cancelled_token_abandons_a_delegate_that_ignores_even_interrupts()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(TestLaunch.UntilOpened(gate), Patient).Start();

        var outcome = await handle.StopAsync(new(canceled: true)).Within();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
    }

    [Test]
    public async Task The_token_of_StopWith_is_cancelled_when_the_grace_ends()
    {
        using var cancel = new CancellationTokenSource();
        var hasBegun = Gate.NewSource();
        await using var handle = Launcher.For(() => { }, options => Patient(options.StopWith(token =>
        {
            hasBegun.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        }))).Start();
        var stop = handle.StopAsync(cancel.Token);
        await hasBegun.Task.Within();

        await cancel.CancelAsync();

        Assert.That((await stop.Within()).Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("StopWith"));
    }

    [Test]
    public async Task The_token_of_a_host_that_the_launch_stops_is_cancelled_when_the_grace_ends()
    {
        using var cancel = new CancellationTokenSource();
        var service = new StopsByItsToken();
        await using var handle = Launcher.For(() => { TestHosts.With(service).Start(); }, Patient).Start();
        var stop = handle.StopAsync(cancel.Token);
        await service.IsStopping.Within();

        await cancel.CancelAsync();

        Assert.That((await stop.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_token_that_is_cancelled_after_the_end_changes_nothing()
    {
        using var cancel = new CancellationTokenSource();
        await using var handle = Launcher.For(TestLaunch.UntilStopped, Patient).Start();
        var outcome = await handle.StopAsync(cancel.Token).Within();

        await cancel.CancelAsync();

        Assert.That(await handle.StopAsync(cancel.Token).Within(), Is.SameAs(outcome));
        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task An_error_of_a_callback_of_Stopping_is_kept_where_the_token_is_cancelled_already()
    {
        var error = new InvalidOperationException("callback");
        await using var handle = Launcher.For(TestLaunch.UntilStopped, Patient).Start();
        handle.Stopping.Register(() => throw error);

        Assert.That((await handle.StopAsync(new(canceled: true)).Within()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_callback_of_launched_code_that_blocks_does_not_hold_up_the_end_of_the_grace()
    {
        using var cancel = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var service = new StopsByItsToken(gate.Wait);
        await using var handle = Launcher.For(
            () =>
            {
                TestHosts.With(service).Start();
                Thread.Sleep(Timeout.Infinite);
            },
            Patient).Start();
        var stop = handle.StopAsync(cancel.Token);
        await service.IsStopping.Within();

        await cancel.CancelAsync();
        var outcome = await stop.Within();
        gate.Set();

        Assert.That(outcome.Reason, Does.Contain("its thread was interrupted"));
    }

    [Test]
    public void A_grace_that_ended_before_the_stop_began_leaves_no_time_and_not_less()
    {
        var grace = new SafeLaunch.Supervision.Grace();
        grace.End();

        var budget = new SafeLaunch.Supervision.StopBudget(PatientTime, PatientTime, grace);

        Assert.That(budget.GraceTime, Is.EqualTo(TimeSpan.Zero));
        Assert.That(budget.TimeUntilInterrupt, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void A_grace_that_ends_cuts_later_deadlines_and_cancels_both_of_its_tokens()
    {
        var grace = new SafeLaunch.Supervision.Grace();
        var (early, late) = (SafeLaunch.Threading.Deadline.After(TimeSpan.Zero), SafeLaunch.Threading.Deadline.After(PatientTime));
        Assert.That((grace.Cut(late), grace.Ended.IsCancellationRequested, grace.TimeIsOver.IsCancellationRequested), Is.EqualTo((late, false, false)));

        grace.End();
        var end = grace.Cut(late);
        grace.End();

        Assert.That((end.HasPassed, grace.Cut(early), grace.Cut(late)), Is.EqualTo((true, early, end)));
        Assert.That(WaitHandle.WaitAll([grace.Ended.WaitHandle, grace.TimeIsOver.WaitHandle], Gate.Patience), Is.True);
    }

    private static void Patient(LaunchOptions options) => options.StopTimeout = PatientTime;

    private sealed class StopsByItsToken(Action? onCancelled = null) : IHostedService
    {
        private readonly TaskCompletionSource isStopping = Gate.NewSource();

        public Task IsStopping => this.isStopping.Task;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            cancellationToken.Register(() => onCancelled?.Invoke());
            this.isStopping.SetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
