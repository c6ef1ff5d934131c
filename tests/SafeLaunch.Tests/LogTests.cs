using SafeLaunch.Tests.Threading;

namespace SafeLaunch.Tests;

public sealed class LogTests
{
    [Test]
    public async Task A_launch_logs_its_life_step_by_step()
    {
        using var log = new LogRecorder();
        await using var handle = Launcher.Start(() => { }, new() { Name = "logged", LoggerFactory = log.Factory, BlockingWaits = BlockingWaits.Block });
        var threadId = (await handle.ThreadAsync()).ManagedThreadId;

        await handle.StopAsync().Within();

        Assert.That(log.All.Select(record => record.Id.Id), Is.EqualTo(new[] { LogEvents.Starting, LogEvents.Ready, LogEvents.Ending, LogEvents.Ended }));
        Assert.That(log.All.Select(record => record.Category), Is.All.EqualTo("SafeLaunch.Launcher"));
        Assert.That(log.All.Select(record => record.Message), Is.All.StartsWith("Launch 'logged' "));
        Assert.That(log.All[1].Message, Does.EndWith($"on thread {threadId}."));
        Assert.That(log.All[2].Message, Does.Contain("It was asked to stop."));
        Assert.That(log.All[3].Message, Does.Contain("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_launch_that_has_to_be_left_behind_logs_that_and_what_goes_wrong_later()
    {
        using var log = new LogRecorder();
        using var gate = new ManualResetEventSlim();
        var error = new InvalidOperationException("dispose");
        await using var handle = Launcher.Start(
            (LaunchContext context) =>
            {
                TestLaunch.UntilOpened(gate)(context);
                return new FailsToDispose(error);
            },
            new() { LoggerFactory = log.Factory, StopTimeout = TestLaunch.ShortStop });

        await handle.StopAsync().Within();
        Assert.That(log.Of(LogEvents.Interrupting), Has.Count.EqualTo(1));
        Assert.That(log.Of(LogEvents.Abandoned).Single().Message, Does.Contain("not even interrupted"));
        Assert.That(log.Of(LogEvents.ErrorWhileEnding), Is.Empty);

        gate.Set();
        Assert.That(SpinWait.SpinUntil(() => log.Of(LogEvents.ErrorWhileEnding).Count > 0, Gate.Patience), Is.True);
        Assert.That(log.Of(LogEvents.ErrorWhileEnding).Single().Exception, Is.SameAs(error));
    }

    private sealed class FailsToDispose(Exception error) : IDisposable
    {
        public void Dispose() => throw error;
    }
}
