using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision.Stopping;

public sealed class StopRemainsTests
{
    [Test]
    public void Each_part_that_a_stop_leaves_behind_is_something()
    {
        Assert.That(new StopRemains().IsAnything, Is.False);
        Assert.That(new StopRemains { IsThreadStuck = true }.IsAnything, Is.True);
        Assert.That(new StopRemains { IsDelegateLeft = true }.IsAnything, Is.True);
        Assert.That(new StopRemains { IsLaunchHostLeft = true }.IsAnything, Is.True);
        Assert.That(new StopRemains { Address = new("http://localhost/") }.IsAnything, Is.True);
    }
}
