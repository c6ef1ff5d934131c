using System.Diagnostics;

namespace SafeLaunch.Supervision;

/// <summary>Why a launch ends. Of all causes the first counts.</summary>
/// <param name="kind">The kind of the outcome, unless the launch has to be abandoned.</param>
/// <param name="sentence">One sentence for people.</param>
/// <param name="exception">The error that ends it. If the launch has not been ready yet, Start throws it.</param>
internal sealed class EndCause(LaunchOutcomeKind kind, string sentence, Exception? exception = null)
{
    public LaunchOutcomeKind Kind { get; } = kind;

    public string Sentence { get; } = sentence;

    public Exception? Exception { get; } = exception;

    /// <summary>The activity of the caller who ends the launch.</summary>
    public ActivityContext Activity { get; } = System.Diagnostics.Activity.Current?.Context ?? default;

    public static EndCause Stopped(string sentence) => new(LaunchOutcomeKind.Stopped, sentence);

    public static EndCause Returned(string sentence) => new(LaunchOutcomeKind.Returned, sentence);

    public static EndCause Crashed(string sentence, Exception exception) => new(LaunchOutcomeKind.Crashed, sentence, exception);

    public static EndCause StartGivenUp(string sentence, Exception exception) => new(LaunchOutcomeKind.Stopped, sentence, exception);
}
