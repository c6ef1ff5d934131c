using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

public sealed class WaitNotificationTests
{
    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public void Nothing_keeps_waits_from_being_served_here() => Assert.That(WaitNotification.Obstacle, Is.Null);

    [Test]
    public async Task A_launch_warns_where_the_runtime_does_not_tell_and_only_there()
    {
        const int WaitsDoNotPump = 10;
        using var log = new LogRecorder();
        await using var handle = Launcher.Start(() => { }, new LaunchOptions { LoggerFactory = log.Factory });

        var warnings = log.Of(WaitsDoNotPump).Select(record => record.Message);
        Assert.That(warnings, Mono.IsRunning ? Has.Exactly(1).Contains("does not tell the launch context of every blocking wait") : Is.Empty);
    }
}
