
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
}
