using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>The table of <see cref="LaunchLife"/>.</summary>
public sealed class LaunchLifeTests
{
    private readonly EndCause cause = EndCause.Stopped("test");
    private readonly EndCause later = EndCause.Stopped("later");
    private LaunchLife life = null!;

    [SetUp]
    public void Begin() => this.life = new();

    [Test]
    public void A_launch_that_starts_is_neither_ready_nor_ending()
    {
        this.IsIn(LaunchState.Starting, isReady: false, isEnding: false);
        Assert.That(this.life.AtReturn, Is.EqualTo((ReturnState.NotYet, false)));
    }

    [Test]
    public async Task A_launch_that_is_ready_runs_until_its_first_cause_to_end_and_then_until_it_finishes()
    {
        this.life.BeReady();
        this.IsIn(LaunchState.Running, isReady: true, isEnding: false);
        Assert.That(this.life.TryEndStart(this.later), Is.False);
        this.IsIn(LaunchState.Running, isReady: true, isEnding: false);

        Assert.That(this.life.TryEnd(this.cause), Is.True);
        this.IsIn(LaunchState.Stopping, isReady: true, isEnding: true);
        Assert.That((this.life.TryEnd(this.later), this.life.TryEndStart(this.later)), Is.EqualTo((false, false)));

        this.life.Finish();
        Assert.That((this.life.TryEnd(this.later), this.life.TryEndStart(this.later)), Is.EqualTo((false, false)));
        this.IsIn(LaunchState.Ended, isReady: true, isEnding: true);
        Assert.That(await this.life.Ending.Within(), Is.SameAs(this.cause));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_launch_that_ends_while_it_starts_is_never_ready(bool onlyStart)
    {
        Assert.That(onlyStart ? this.life.TryEndStart(this.cause) : this.life.TryEnd(this.cause), Is.True);
        this.life.BeReady();
        this.IsIn(LaunchState.Stopping, isReady: false, isEnding: true);

        this.life.Finish();
        this.life.BeReady();
        this.IsIn(LaunchState.Ended, isReady: false, isEnding: true);
        Assert.That(await this.life.Ending.Within(), Is.SameAs(this.cause));
    }

    [Test]
    public void The_return_of_the_delegate_is_noted_with_whether_the_launch_was_ready_by_then()
    {
        this.life.Return();
        this.life.BeReady();
        Assert.That(this.life.AtReturn, Is.EqualTo((ReturnState.BeforeReady, true)));

        this.life.Return();
        Assert.That(this.life.AtReturn, Is.EqualTo((ReturnState.AfterReady, true)));
    }

    [Test]
    public void A_state_has_begun_with_its_change_and_not_with_a_change_that_is_refused()
    {
        var begun = this.life.Since;
        SpinWait.SpinUntil(() => DateTimeOffset.UtcNow > begun, Gate.Patience);
        this.life.BeReady();
        var running = this.life.Since;
        SpinWait.SpinUntil(() => DateTimeOffset.UtcNow > running, Gate.Patience);
        this.life.BeReady();

        Assert.That(running, Is.GreaterThan(begun));
        Assert.That(this.life.Since, Is.EqualTo(running));
    }

    private void IsIn(LaunchState state, bool isReady, bool isEnding) => Assert.That(
        (this.life.State, this.life.HasBeenReady, this.life.Ready.IsCompleted, this.life.Ending.IsCompleted),
        Is.EqualTo((state, isReady, isReady, isEnding)));
}
