using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

public sealed class LaunchConcernTests
{
    [Test]
    public void A_launch_that_runs_and_serves_its_work_is_no_concern() => Assert.That(LaunchConcern.Of(new StubLaunch()), Is.Null);

    [Test]
    public void A_launch_that_drains_is_about_to_stop() =>
        Assert.That(LaunchConcern.Of(new StubLaunch { IsDraining = true, UnservedWork = new(1, TimeSpan.Zero) }), Is.EqualTo("It is about to stop, and drains."));

    [TestCase(1, "It is ready, but 1 posted work item has waited for its thread for 12.3 s.")]
    [TestCase(2, "It is ready, but 2 posted work items have waited for its thread for 12.3 s.")]
    public void A_launch_that_does_not_serve_its_work_says_how_much_waits_and_for_how_long(int count, string sentence) =>
        Assert.That(LaunchConcern.Of(new StubLaunch { UnservedWork = new(count, TimeSpan.FromSeconds(12.34)) }), Is.EqualTo(sentence));

    [TestCase(LaunchState.Starting)]
    [TestCase(LaunchState.Stopping)]
    [TestCase(LaunchState.Ended)]
    public void A_launch_in_another_state_is_no_concern(LaunchState state) =>
        Assert.That(LaunchConcern.Of(new StubLaunch { State = state, IsDraining = true, UnservedWork = new(1, TimeSpan.Zero) }), Is.Null);
}
