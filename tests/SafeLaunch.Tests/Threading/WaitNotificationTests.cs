using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

public sealed class WaitNotificationTests
{
    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public void This_runtime_tells_a_context_of_blocking_waits() => Assert.That(WaitNotification.IsSupported, Is.True);

    [Test]
    public async Task A_launch_warns_where_the_runtime_does_not_tell_and_only_there()
    {
        const int WaitsAreNotNotified = 10;
        using var log = new LogRecorder();
        await using var handle = Launcher.Start(() => { }, new LaunchOptions { LoggerFactory = log.Factory });

        Assert.That(log.Of(WaitsAreNotNotified), Has.Count.EqualTo(Mono.IsRunning ? 1 : 0));
    }
}
