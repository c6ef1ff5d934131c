using Microsoft.Extensions.Logging;

namespace SafeLaunch.Tests.Supervision;

/// <summary>The log lines of the flow of a launch, with loggers that take their time.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FlowLogTests
{
    [Test]
    public async Task A_logger_that_blocks_holds_up_neither_the_start_nor_the_stop()
    {
        using var gate = new ManualResetEventSlim();
        using var factory = new CallingLogger(gate.Wait);
        var handle = await Launcher.For(TestLaunch.UntilStopped, options => options.LoggerFactory = factory).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public void A_logger_that_needs_the_thread_which_waits_for_the_start_and_the_stop_holds_up_neither()
    {
        using var ui = new UiQueue();
        using var factory = new CallingLogger(() => ui.Send(() => { }));
        LaunchOutcome? outcome = null;
        var thread = TestLaunch.OnThread(() =>
        {
            using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.LoggerFactory = factory).Start();
            outcome = handle.Stop();
            ui.Serve();
        });

        thread.JoinInTime();

        Assert.That(outcome!.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task The_lines_of_a_launch_come_into_its_log_in_their_order()
    {
        using var log = new LogRecorder();
        await using var handle = await Launcher.For(TestLaunch.UntilStopped, options => options.LoggerFactory = log.Factory).StartAsync().Within();

        await handle.StopAsync().Within();

        log.Single(LogEvents.Ended);
        Assert.That(log.All.Select(line => line.Id.Id).Where(id => id is LogEvents.Ready or LogEvents.Ending or LogEvents.Ended), Is.EqualTo(new[] { LogEvents.Ready, LogEvents.Ending, LogEvents.Ended }));
    }

    /// <summary>Calls a delegate for each line.</summary>
    private sealed class CallingLogger(Action call) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => call();

        public void Dispose()
        {
            // Nothing to dispose of.
        }
    }

    /// <summary>Of a UI thread: what another thread sends runs when that thread serves its queue.</summary>
    private sealed class UiQueue : IDisposable
    {
        private readonly ManualResetEventSlim isServed = new();

        public void Send(Action action)
        {
            this.isServed.Wait();
            action();
        }

        public void Serve() => this.isServed.Set();

        public void Dispose() => this.isServed.Dispose();
    }
}
