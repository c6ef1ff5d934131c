using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

public sealed class WaitNotificationTests
{
    [Test]
    public void This_runtime_tells_a_context_of_blocking_waits() => Assert.That(WaitNotification.IsSupported, Is.True);

    [Test]
    public async Task A_launch_on_this_runtime_logs_nothing_about_it()
    {
        const int WaitsAreNotNotified = 10;
        using var log = new LogRecorder();
        await using var handle = Launcher.Start(() => { }, new LaunchOptions { LoggerFactory = log.Factory });

        Assert.That(log.Of(WaitsAreNotNotified), Is.Empty);
    }
}
