using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

public sealed class WaitNotificationTests
{
    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public void On_this_runtime_nothing_keeps_waits_from_pumping()
    {
        Assert.That(WaitNotification.Current.Obstacle, Is.Null);
        Assert.That(
            WaitNotification.Current.ObstacleOfJoin,
            Net11.IsRunning ? Does.EndWith("does not report Thread.Join to a synchronization context") : Is.Null);
    }

    [Test]
    public async Task A_launch_warns_where_the_runtime_reports_no_Task_Wait_and_only_there()
    {
        using var log = new LogRecorder();
        await using var handle = Launcher.For(() => { }, options => options.LoggerFactory = log.Factory).Start();

        var warnings = log.Of(LogEvents.WaitsDoNotPump).Select(record => record.Message).Where(message => message.Contains("Task.Wait", StringComparison.Ordinal));
        Assert.That(warnings, Mono.IsRunning ? Has.Exactly(1).Items : Is.Empty);
    }

    [TestCase(null, "does not report waits such as Task.Wait")]
    [TestCase(false, "is stripped of its stack traces")]
    public void Each_launch_is_warned_of_waits_that_do_not_pump(bool? monitorWait, string obstacle)
    {
        var notification = new WaitNotification(monitorWait, threadJoin: null);
        var log = new FakeLogger();

        notification.Warn(log, "first");
        notification.Warn(log, "second");

        Assert.That(Messages(log), Has.Length.EqualTo(2).And.All.Contains(obstacle).And.None.Contains("Thread.Join"));
    }

    [Test]
    public void The_first_launch_that_logs_warnings_is_warned_of_a_Thread_Join_that_does_not_pump()
    {
        var notification = new WaitNotification(monitorWait: true, threadJoin: null);
        var silent = new FakeLogger();
        silent.ControlLevel(LogLevel.Warning, enabled: false);
        var log = new FakeLogger();

        notification.Warn(silent, "silent");
        notification.Warn(log, "first");
        notification.Warn(log, "second");

        Assert.That(silent.Collector.Count, Is.Zero);
        Assert.That(Messages(log), Has.Length.EqualTo(1).And.All.Contains("'first'").And.All.Contains("does not report Thread.Join"));
    }

    [Test]
    public void No_launch_is_warned_where_all_waits_pump()
    {
        var log = new FakeLogger();

        new WaitNotification(monitorWait: true, threadJoin: true).Warn(log, "fine");

        Assert.That(Messages(log), Is.Empty);
    }

    private static string[] Messages(FakeLogger log) => [.. log.Collector.GetSnapshot().Select(record => record.Message)];
}
