using Polly;

namespace SafeLaunch.Supervising;

/// <content>How the whole has ended, for its handle and its caller.</content>
internal sealed partial class SupervisedLaunch
{
    /// <summary>The outcome of the whole.</summary>
    private LaunchOutcome Conclude(Outcome<LaunchOutcome> result)
    {
        if (result.Result is { } outcome)
        {
            return this.Write(outcome.Kind, outcome.Reason, outcome.Exception);
        }

        var last = this.history.Latest;
        if (this.life.Cause is { Sentence: var because })
        {
            return this.Write(LaunchOutcomeKind.Stopped, last is null ? because : $"{because} It was waiting to be started again.", exception: null);
        }

        var error = last?.Exception ?? result.Exception!;
        var gaveUp = this.Write(LaunchOutcomeKind.Crashed, $"{this.restarts.GiveUpSentence} {last?.Reason} The last error is {error.GetType()}.", error);
        this.logger.GaveUp(this.Name, gaveUp);
        return gaveUp;
    }

    /// <summary>The error of a run for the pipeline, to which an OperationCanceledException says that the pipeline itself was cancelled.</summary>
    private Exception ErrorOf(LaunchOutcome run, CancellationToken cancellationToken) => run.Exception switch
    {
        _ when cancellationToken.IsCancellationRequested => new OperationCanceledException(cancellationToken),
        { } error and not OperationCanceledException => error,
        var error => new LaunchException($"Launch '{this.Name}' ended as {run}", error),
    };

    private LaunchOutcome Write(LaunchOutcomeKind kind, string reason, Exception? exception) =>
        new(kind, reason, exception, this.Name, this.history.Latest?.ThreadId ?? 0, this.clock.Elapsed);

    /// <summary>What Start throws if the launch has never been ready.</summary>
    private Exception StartFailure(LaunchOutcome outcome) => (this.life.Cause, this.life.StartError ?? outcome.Exception) switch
    {
        (null or { Kind: LaunchOutcomeKind.Returned }, var error) => error ?? new OperationCanceledException($"Launch '{this.Name}' was stopped before it was ready."),
        ({ Exception: { } exception }, _) => exception,
        ({ Sentence: var sentence }, var error) => new OperationCanceledException($"Launch '{this.Name}' was stopped before it was ready. {sentence}", error),
    };
}
