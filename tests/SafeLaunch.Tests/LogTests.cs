
namespace SafeLaunch.Tests;

public sealed class LogTests
{
    [Test]
    public async Task A_start_that_fails_before_the_launch_has_a_thread_is_logged_as_one_that_could_not_begin()
    {
        using var log = new LogRecorder();
        var error = new InvalidOperationException();

        var starting = Launcher.For(TestLaunch.UntilStopped, options =>
        {
            options.LoggerFactory = log.Factory;
            options.WhileStarting(() => throw error);
        }).StartAsync();

        Assert.That(await starting.ErrorAsync(), Is.SameAs(error));
        Assert.That(log.Single(LogEvents.Ending).Message, Does.Contain("It could not be started."));
    }

    [Test]
    public async Task A_launch_logs_its_life_step_by_step()
    {
        using var log = new LogRecorder();
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.Name = "logged";
            options.LoggerFactory = log.Factory;
            options.BlockingWaits = BlockingWaitBehavior.Block;
        }).Start();
        var threadId = (await handle.ThreadAsync()).ManagedThreadId;

        await handle.StopAsync().Within();

        log.Single(LogEvents.Ended);
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
        await using var handle = Launcher.For(
            (LaunchContext context) =>
            {
                TestLaunch.UntilOpened(gate)(context);
                return new FailsToDispose(error);
            },
            options =>
            {
                options.LoggerFactory = log.Factory;
                options.StopTimeout = TestLaunch.ShortStop;
            }).Start();

        await handle.StopAsync().Within();
        Assert.That(log.Single(LogEvents.Interrupting).Level, Is.EqualTo(Microsoft.Extensions.Logging.LogLevel.Warning));
        Assert.That(log.Single(LogEvents.Abandoned).Message, Does.Contain("not even interrupted"));
        Assert.That(log.Of(LogEvents.ErrorWhileEnding), Is.Empty);

        gate.Set();
        Assert.That(SpinWait.SpinUntil(() => log.Of(LogEvents.ErrorWhileEnding).Count > 0, Gate.Patience), Is.True);
        Assert.That(log.Single(LogEvents.ErrorWhileEnding).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_crash_is_logged_as_an_error_with_its_exception()
    {
        var error = new InvalidOperationException("out of stock");
        using var log = new LogRecorder();
        await using var handle = await Launcher.For(() => { }, options => options.LoggerFactory = log.Factory).StartAsync().Within();
        handle.SynchronizationContext.Post(_ => throw error, null);

        await handle.EndAsync();

        var line = log.Single(LogEvents.Ended);
        Assert.That(line.Level, Is.EqualTo(Microsoft.Extensions.Logging.LogLevel.Error));
        Assert.That(line.Exception, Is.SameAs(error));
    }

    private sealed class FailsToDispose(Exception error) : IDisposable
    {
        public void Dispose() => throw error;
    }
}
