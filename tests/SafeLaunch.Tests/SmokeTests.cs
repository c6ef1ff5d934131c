namespace SafeLaunch.Tests;

public sealed class SmokeTests
{
    [Test]
    public void A_delegate_that_returns_at_once_runs_until_it_is_stopped()
    {
        using var handle = Launcher.Start(() => { });

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }
}
