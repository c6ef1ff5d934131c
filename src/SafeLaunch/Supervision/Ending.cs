namespace SafeLaunch.Supervision;

/// <summary>Why a launch ends: the first of the things that may end it.</summary>
/// <param name="kind">The kind of outcome that it leads to, unless the launch has to be abandoned.</param>
/// <param name="reason">One sentence for people.</param>
/// <param name="exception">The error that ends it. Where the launch was not ready yet, it is what Start throws.</param>
internal sealed class Ending(LaunchOutcomeKind kind, string reason, Exception? exception = null)
{
    public LaunchOutcomeKind Kind { get; } = kind;

    public string Reason { get; } = reason;

    public Exception? Exception { get; } = exception;

    public static Ending Stopped(string reason) => new(LaunchOutcomeKind.Stopped, reason);

    public static Ending Returned(string reason) => new(LaunchOutcomeKind.Returned, reason);

    public static Ending Crashed(string reason, Exception exception) => new(LaunchOutcomeKind.Crashed, reason, exception);

    public static Ending StartGivenUp(string reason, Exception exception) => new(LaunchOutcomeKind.Stopped, reason, exception);
}
