using SafeLaunch.Supervision;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>The steps of a stop, without a launch. Each task has ended before it is waited for, or never ends.</summary>
public sealed class StopStepsTests
{
    private static readonly InvalidOperationException Error = new("step");
    private static readonly Task Endless = new TaskCompletionSource().Task;
    private static readonly Task Cancelled = Task.FromCanceled(new(canceled: true));
    private static readonly Deadline Now = Deadline.After(TimeSpan.Zero);

    private readonly List<Exception> errors = [];

    [SetUp]
    public void Clear() => this.errors.Clear();

    [Test]
    public async Task A_step_that_fails_in_its_share_of_the_time_is_an_error_at_once()
    {
        var steps = this.Steps();

        await steps.ShareAsync("step", Task.FromException(Error)).Within();

        Assert.That(this.errors, Is.EqualTo(new[] { Error }));
        Assert.That(steps.HasReported, Is.False);
    }

    [Test]
    public async Task A_step_that_takes_longer_than_its_share_is_reported_only_at_the_end()
    {
        var steps = this.Steps(hasTime: false);
        await steps.ShareAsync("the endless step", Endless).Within();
        Assert.That((this.errors.Count, steps.HasReported), Is.EqualTo((0, false)));

        await steps.FinishSharesAsync().Within();

        Assert.That(this.errors.Single(), Is.TypeOf<LaunchTimeoutException>().With.Message.EqualTo(
            "Launch 'shop': the endless step had not ended when the time for the stop was over. Make it end sooner, or cancel the token of StopAsync later."));
        Assert.That(steps.HasReported, Is.True);
    }

    [Test]
    public async Task A_step_that_fails_after_its_share_is_an_error_at_the_end()
    {
        var steps = this.Steps(hasTime: false);
        var step = Gate.NewSource();
        await steps.ShareAsync("step", step.Task).Within();
        step.SetException(Error);

        await steps.FinishSharesAsync().Within();

        Assert.That(this.errors, Is.EqualTo(new[] { Error }));
        Assert.That(steps.HasReported, Is.False);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_step_that_is_cancelled_is_reported_only_where_its_time_is_over(bool hasTime)
    {
        var steps = this.Steps(hasTime);

        await steps.ShareAsync("step", Cancelled).Within();
        await steps.FinishSharesAsync().Within();

        Assert.That((this.errors.Count, steps.HasReported), Is.EqualTo((hasTime ? 0 : 1, !hasTime)));
    }

    [Test]
    public async Task A_step_that_has_ended_by_the_deadline_is_not_reported()
    {
        var steps = this.Steps();

        Assert.That(await steps.UntilAsync("step", Task.CompletedTask, () => Now).Within(), Is.True);
        Assert.That(await steps.UntilAsync("step", Cancelled, () => Now).Within(), Is.True);

        Assert.That((this.errors.Count, steps.HasReported), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task A_step_that_has_not_ended_by_the_deadline_is_reported_with_what_gives_it_more_time()
    {
        var steps = this.Steps();

        Assert.That(await steps.UntilAsync("the endless step", Endless, () => Now).Within(), Is.False);

        Assert.That(this.errors.Single(), Is.TypeOf<LaunchTimeoutException>().With.Message.EqualTo(
            "Launch 'shop': the endless step had not ended when the time for the stop was over. Make it end sooner, or raise StopTimeout."));
        Assert.That(steps.HasReported, Is.True);
    }

    [Test]
    public async Task A_step_without_a_name_is_not_reported_where_it_is_late_but_its_error_counts()
    {
        var steps = this.Steps();

        Assert.That(await steps.UntilAsync(Endless, () => Now).Within(), Is.False);
        Assert.That(this.errors, Is.Empty);

        Assert.That(await steps.UntilAsync(Task.FromException(Error), () => Now).Within(), Is.True);
        Assert.That(this.errors, Is.EqualTo(new[] { Error }));
    }

    [Test]
    public async Task Each_error_of_a_step_counts_as_itself_and_a_cancellation_among_them_does_not()
    {
        var other = new InvalidOperationException("other");

        await this.Steps().UntilAsync(Task.FromException(new AggregateException(Error, new AggregateException(new OperationCanceledException(), other))), () => Now).Within();

        Assert.That(this.errors, Is.EqualTo(new[] { Error, other }));
    }

    private StopSteps Steps(bool hasTime = true)
    {
        var grace = new Grace();
        if (!hasTime)
        {
            grace.End();
            Assert.That(grace.Ended.WaitHandle.WaitOne(Gate.Patience), Is.True);
        }

        return new("shop", new(TimeSpan.FromHours(1), TimeSpan.FromHours(1), grace), new(this.errors.Add));
    }
}
