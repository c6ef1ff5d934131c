using Microsoft.Extensions.Logging;

namespace SafeLaunch.Supervision;

/// <summary>
/// Writes the log lines of the flow of a launch in their order, on the thread pool. A logger may block, as for a UI thread that waits for this
/// very launch, and must hold up neither the start nor the stop.
/// </summary>
internal sealed class FlowLog(ShieldedLogger logger)
{
    /// <summary>How long the flow waits for its lines. Few loggers take longer than a moment.</summary>
    private static readonly TimeSpan WriteTime = TimeSpan.FromMilliseconds(250);

    private readonly object gate = new();
    private Task last = Task.CompletedTask;

    /// <summary>Safe from any thread; calls no logger there.</summary>
    public void Write(Action<ILogger> write)
    {
        if (logger.HasNoReader)
        {
            return;
        }

        lock (this.gate)
        {
            this.last = this.last.ContinueWith(
                (_, line) => ((Action<ILogger>)line!)(logger),
                write,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }

    /// <summary>Waits a moment until the lines are written, so that who reads the log after a start or a stop finds them.</summary>
    public Task FlushAsync()
    {
        lock (this.gate)
        {
            return this.last.IsCompleted ? Task.CompletedTask : this.last.EndsWithinAsync(WriteTime);
        }
    }
}
