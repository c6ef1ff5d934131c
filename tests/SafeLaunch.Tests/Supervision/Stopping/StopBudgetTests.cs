using SafeLaunch.Supervision;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>The time of a stop: each step has its share, and all steps together have one bound.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StopBudgetTests
{
    private static readonly Action<LaunchOptions> Short = options => options.StopTimeout = TestLaunch.ShortStop;

    [Test]
    public async Task A_StopWith_that_hangs_is_cancelled_and_reported_within_the_bound()
    {
        var cancelled = Gate.NewSource();
        var disposed = false;
        await using var handle = Launcher.For(
            () => new Disposable(() => disposed = true),
            options =>
            {
                options.Name = "hung";
                options.StopTimeout = TestLaunch.ShortStop;
                options.StopWith(token =>
                {
                    token.Register(() => cancelled.TrySetResult());
                    return new TaskCompletionSource().Task;
                });
            }).Start();

        var outcome = await handle.StopWithinBoundAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("'hung'").And.Message.Contains("StopWith"));
        Assert.That(disposed, Is.True, "the next step was taken");
        await cancelled.Task.Within();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_StopWith_that_blocks_or_ends_only_by_its_token_is_reported(bool blocks)
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.StopWith(token =>
            {
                if (!blocks)
                {
                    return Task.Delay(Timeout.Infinite, token);
                }

                gate.Pass();
                return Task.CompletedTask;
            });
        }).Start();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("StopWith"));
    }

    [Test]
    public async Task A_StopWith_that_fails_after_its_share_of_the_time_is_in_the_outcome()
    {
        var isDisposed = Gate.NewSource();
        var error = new InvalidOperationException("late");
        await using var handle = Launcher.For(
            () => new Disposable(isDisposed.SetResult),
            options =>
            {
                options.StopTimeout = TimeSpan.FromSeconds(1);
                options.StopWith(async _ =>
                {
                    await isDisposed.Task;
                    throw error;
                });
            }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_StopWith_may_take_all_of_the_stop_time_out()
    {
        // More than the share after which the next step begins, and far less than the whole.
        var stopTimeout = TimeSpan.FromSeconds(8);
        var slow = Gate.NewSource();
        var hasEnded = false;
        await using var handle = Launcher.For(
            () => new Disposable(slow.SetResult),
            options =>
            {
                options.StopTimeout = stopTimeout;
                options.StopWith(async token =>
                {
                    await slow.Task;
                    await Task.Delay(TimeSpan.FromMilliseconds(50), token);
                    hasEnded = true;
                });
            }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(hasEnded, Is.True);
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task A_callback_of_Stopping_that_hangs_is_reported_within_the_bound()
    {
        using var gate = new ManualResetEventSlim();
        var wasAsked = false;
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.StopWith(_ =>
            {
                wasAsked = true;
                return Task.CompletedTask;
            });
        }).Start();
        handle.Stopping.Register(gate.Pass);

        var outcome = await handle.StopWithinBoundAsync();
        gate.Set();

        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("Stopping"));
        Assert.That(wasAsked, Is.True, "the next step was taken");
    }

    [Test]
    public async Task A_dispose_that_hangs_is_reported_within_the_bound()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(() => new Disposable(gate.Pass), Short).Start();

        var outcome = await handle.StopWithinBoundAsync();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("disposing"));
    }

    [Test]
    public async Task A_hanging_StopWith_and_a_stubborn_delegate_share_the_one_bound()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(
            context =>
            {
                context.Stopping.Register(gate.Pass);
                TestLaunch.UntilOpened(gate)(context);
                return new Disposable(() => { });
            },
            options =>
            {
                options.StopTimeout = TestLaunch.ShortStop;
                options.StopWith(_ => new TaskCompletionSource().Task);
            }).Start();

        var outcome = await handle.StopWithinBoundAsync();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(((AggregateException)outcome.Exception!).InnerExceptions, Has.Count.EqualTo(2).And.All.TypeOf<LaunchTimeoutException>());
    }

    [Test]
    public void A_long_stop_has_a_quarter_of_its_time_for_a_step_half_of_it_for_a_captured_host_and_a_second_to_hand_over()
    {
        var budget = new StopBudget(TimeSpan.FromHours(8), TimeSpan.FromHours(6), new());

        Assert.That(budget.NewShare()().Remaining, Is.EqualTo(TimeSpan.FromHours(2)).Within(Gate.Patience));
        Assert.That(budget.Half.Remaining, Is.EqualTo(TimeSpan.FromHours(4)).Within(Gate.Patience));
        Assert.That(budget.InterruptsFrom.Remaining, Is.EqualTo(TimeSpan.FromHours(6)).Within(Gate.Patience));
        Assert.That(budget.NewHandOver()().Remaining, Is.LessThanOrEqualTo(StopTimes.LongestHandOver));
        Assert.That(budget.Disposal.Since(budget.Graceful), Is.EqualTo(StopTimes.InterruptFor - StopTimes.LastWord).Within(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public void A_short_stop_has_no_more_than_a_quarter_of_its_time_for_a_step_or_to_hand_over()
    {
        var share = TimeSpan.FromMilliseconds(10);
        var ended = new Grace();
        ended.End();
        var time = TimeSpan.FromMilliseconds(40);

        Assert.That(new StopBudget(time, time, new()).NewShare()().Remaining, Is.LessThanOrEqualTo(share));
        Assert.That(new StopBudget(time, time, new()).NewHandOver()().Remaining, Is.LessThanOrEqualTo(share));
        Assert.That(new StopBudget(time, time, ended).NewShare()().Remaining, Is.LessThanOrEqualTo(share));
    }

    [Test]
    public void A_step_has_only_a_moment_once_the_grace_has_ended_and_the_delegate_none_to_hand_over()
    {
        var grace = new Grace();
        var budget = new StopBudget(TimeSpan.FromHours(8), TimeSpan.FromHours(8), grace);
        var (share, handOver) = (budget.NewShare(), budget.NewHandOver());

        grace.End();

        Assert.That(share().Remaining, Is.LessThanOrEqualTo(StopTimes.Moment));
        Assert.That(handOver().HasPassed, Is.True);
        Assert.That((budget.Half.HasPassed, budget.Graceful.HasPassed), Is.EqualTo((true, true)));
    }

    [Test]
    public void What_gives_launched_code_more_time_depends_on_who_ended_the_grace()
    {
        var grace = new Grace();
        var budget = new StopBudget(TimeSpan.FromHours(8), TimeSpan.FromHours(8), grace);
        Assert.That(budget.Remedy, Is.EqualTo("raise StopTimeout"));

        grace.End();
        Assert.That(grace.Ended.WaitHandle.WaitOne(Gate.Patience), Is.True);

        Assert.That(budget.Remedy, Is.EqualTo("cancel the token of StopAsync later"));
    }

    [Test]
    public void A_token_of_the_budget_is_cancelled_by_its_deadline_or_by_the_end_of_the_grace()
    {
        var grace = new Grace();
        var budget = new StopBudget(TimeSpan.FromHours(8), TimeSpan.FromHours(8), grace);
        using var first = budget.CancelledAt(Deadline.After(TimeSpan.Zero));
        using var second = budget.CancelledAt(Deadline.After(Timeout.InfiniteTimeSpan));
        Assert.That(first.Token.WaitHandle.WaitOne(Gate.Patience), Is.True);
        Assert.That(second.IsCancellationRequested, Is.False);

        grace.End();

        Assert.That(second.Token.WaitHandle.WaitOne(Gate.Patience), Is.True);
    }

    [Test]
    public async Task A_task_ends_in_time_only_if_it_ends_by_the_deadline_also_where_the_grace_has_ended()
    {
        var grace = new Grace();
        var budget = new StopBudget(TimeSpan.FromHours(8), TimeSpan.FromHours(8), grace);
        var (now, later) = (Deadline.After(TimeSpan.Zero), Deadline.After(TimeSpan.FromHours(1)));
        var (endless, ending) = (new TaskCompletionSource().Task, Gate.NewSource());
        Assert.That(await budget.EndsByAsync(endless, () => now).Within(), Is.False);
        Assert.That(await budget.EndsByAsync(Task.FromException(new InvalidOperationException()), () => now).Within(), Is.True);
        var ends = budget.EndsByAsync(ending.Task, () => later);
        var waits = budget.EndsByAsync(endless, () => budget.Graceful);

        ending.SetResult();
        grace.End();

        Assert.That(await ends.Within(), Is.True);
        Assert.That(await waits.Within(), Is.False, "its deadline comes with the end of the grace");
        Assert.That(await budget.EndsByAsync(endless, () => now).Within(), Is.False);
    }
}
