using System.Diagnostics;

namespace SafeLaunch;

/// <summary>How a launch ended.</summary>
[DebuggerDisplay("{ThreadName,nq}: {ToString(),nq}")]
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
    /// Gets the exception that ended it, where <see cref="Kind"/> is <see cref="LaunchOutcomeKind.Crashed"/>; otherwise the
    /// error that the launch met while it ended, an <see cref="AggregateException"/> of several; null if there was none.
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

    /// <summary>Gets whether the launch ended well: <see cref="LaunchOutcomeKind.Stopped"/> or <see cref="LaunchOutcomeKind.Returned"/>.</summary>
    public bool IsSuccess => this.Kind is LaunchOutcomeKind.Stopped or LaunchOutcomeKind.Returned;

    /// <summary>Throws unless <see cref="IsSuccess"/>.</summary>
    /// <returns>The same outcome.</returns>
    /// <exception cref="LaunchException">
    /// The launch crashed, was abandoned, or was killed. The message says the kind and the reason; the inner exception is <see cref="Exception"/>.
    /// </exception>
    public LaunchOutcome EnsureSuccess() =>
        this.IsSuccess ? this : throw new LaunchException($"Launch '{this.ThreadName}' ended as {this}", this.Exception);

    /// <summary>Says the kind, the reason and the exception's message in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        this.Exception is null ? $"{this.Kind}: {this.Reason}" : $"{this.Kind}: {this.Reason} ({this.Exception.Message})";
}
