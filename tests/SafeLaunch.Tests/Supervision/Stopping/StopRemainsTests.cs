using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision.Stopping;

public sealed class StopRemainsTests
{
    [Test]
    public void A_stop_leaves_something_behind_whichever_part_it_is()
    {
        Assert.That(new StopRemains().IsAnything, Is.False);
        Assert.That(new StopRemains { IsThreadStuck = true }.IsAnything, Is.True);
        Assert.That(new StopRemains { IsDelegateLeft = true }.IsAnything, Is.True);
        Assert.That(new StopRemains { IsLaunchHostLeft = true }.IsAnything, Is.True);
        Assert.That(new StopRemains { Address = new("http://localhost/") }.IsAnything, Is.True);
    }
}
