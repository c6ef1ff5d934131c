namespace SafeLaunch.Supervision;

/// <summary>Writes the outcome of a launch.</summary>
internal sealed class OutcomeWriter(LaunchRun run)
{
    public LaunchOutcome Write(EndCause cause, StopRemains remains)
    {
        var threadId = run.Thread?.Id ?? 0;
        var sentence = cause.Sentence;
        if (remains.IsAnything)
        {
            sentence += $" {this.Describe(remains, threadId)}";
            run.Logger.Abandoned(run.Name, sentence);
        }
        else if (run.WasInterrupted)
        {
            sentence += $" It did not end within {run.Options.InterruptAfter ?? run.Options.StopTimeout}; its thread was interrupted.";
        }

        var isCrash = cause.Kind == LaunchOutcomeKind.Crashed;
        return new(
            remains.IsAnything && !isCrash ? LaunchOutcomeKind.Abandoned : cause.Kind,
            sentence,
            isCrash ? cause.Exception : run.Errors.ToException($"Launch '{run.Name}' met several errors while it ended."),
            run.Name,
            threadId,
            run.Clock.Elapsed);
    }

    private string Describe(StopRemains remains, int threadId)
    {
        var thread = $"its thread '{run.Name}' ({threadId})";
        return remains switch
        {
            { IsThreadStuck: true } => $"It did not end within {run.Options.StopTimeout}, not even interrupted; {thread} was abandoned.",
            { IsDelegateLeft: true } => $"The task of its delegate did not end within {run.Options.StopTimeout} and was abandoned; {thread} is free.",
            { IsLaunchHostLeft: true } => $"Its own host did not end within {run.Options.StopTimeout} and was abandoned; {thread} is free.",
            _ => $"{remains.Address} still answers, so its server was abandoned; {thread} is free. Let {nameof(LaunchOptions)}.{nameof(LaunchOptions.StopWith)} end that server, or let the delegate return it.",
        };
    }
}
