namespace SafeLaunch;

/// <summary>How a launch ended.</summary>
public sealed class LaunchOutcome
{
    internal LaunchOutcome(LaunchOutcomeKind kind, string reason, Exception? exception, string threadName, int threadId, TimeSpan duration)
    {
        this.Kind = kind;
        this.Reason = reason;
        this.Exception = exception;
        this.ThreadName = threadName;
        this.ThreadId = threadId;
        this.Duration = duration;
    }

    /// <summary>Gets the way in which it ended.</summary>
    public LaunchOutcomeKind Kind { get; }

    /// <summary>
    /// Gets the exception that ended it, where <see cref="Kind"/> is <see cref="LaunchOutcomeKind.Crashed"/>; otherwise what
    /// went wrong on the way out, an <see cref="AggregateException"/> if that is more than one thing; null if nothing did.
    /// </summary>
    public Exception? Exception { get; }

    /// <summary>Gets the name of the launch thread, which is the name of the launch.</summary>
    public string ThreadName { get; }

    /// <summary>Gets the <see cref="Thread.ManagedThreadId"/> of the launch thread.</summary>
    public int ThreadId { get; }

    /// <summary>Gets the time from the start of the launch to its end.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets one sentence on why it ended, for people.</summary>
    public string Reason { get; }

    /// <summary>Says the kind, the reason and the exception's message in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        this.Exception is null ? $"{this.Kind}: {this.Reason}" : $"{this.Kind}: {this.Reason} ({this.Exception.Message})";
}
