namespace SafeLaunch.Supervision;

/// <summary>Writes the outcome of a launch.</summary>
internal sealed class OutcomeWriter(LaunchRun run, StopBudget budget)
{
    public LaunchOutcome Write(EndCause cause, StopRemains remains)
    {
        var threadId = run.Thread?.Id ?? 0;
        var sentence = cause.Sentence;
        if (run.KillSentence is { } kill)
        {
            // Its delegate may still be busy with what the process has left behind; no launched code is left.
            sentence += $" {kill}";
        }
        else if (remains.IsAnything)
        {
            var abandoned = $"{sentence} {this.Describe(remains, threadId)}";
            run.FlowLog.Write(logger => logger.Abandoned(run.Name, abandoned));
            sentence = abandoned;
        }
        else if (run.WasInterrupted)
        {
            sentence += $" It did not end within {budget.TimeUntilInterrupt}; its thread was interrupted.";
        }

        var isCrash = cause.Kind == LaunchOutcomeKind.Crashed;
        return new(
            isCrash ? cause.Kind
                : run.KillSentence is not null ? LaunchOutcomeKind.Killed
                : remains.IsAnything ? LaunchOutcomeKind.Abandoned
                : cause.Kind,
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
            { IsThreadStuck: true } => $"It did not end within {budget.GraceTime}, not even interrupted; {thread} was abandoned.",
            { IsDelegateLeft: true } => $"The task of its delegate did not end within {budget.GraceTime} and was abandoned; {thread} is free.",
            { IsLaunchHostLeft: true } => $"Its launch host did not end within {budget.GraceTime} and was abandoned; {thread} is free.",
            _ => $"{remains.Address} still answers, so its server was abandoned; {thread} is free. Let {nameof(LaunchOptions)}.{nameof(LaunchOptions.StopWith)} end that server, or let the delegate return it.",
        };
    }
}
