using SafeLaunch.Running;
using SafeLaunch.Supervision;
using SafeLaunch.Wire;

namespace SafeLaunch.Parent;

/// <summary>Tells a launch how its child process has ended.</summary>
internal static class ChildEnd
{
    /// <param name="context">The launch.</param>
    /// <param name="ended">The child's own words; null if it ended without any.</param>
    /// <param name="process">The process, which has ended.</param>
    /// <param name="stopping">Whether it was killed.</param>
    /// <param name="output">The lines of the process.</param>
    /// <param name="handshake">The first words of the process.</param>
    /// <param name="wasReady">Whether the launch was ready in it.</param>
    public static void Report(LaunchContext context, Ended? ended, OwnedProcess process, ProcessStop stopping, OutputLines output, Handshake handshake, bool wasReady)
    {
        if (ended is not null)
        {
            Report(context, ended);
        }
        else if (!process.Exited.IsCompleted)
        {
            context.End(EndCause.Crashed("Its process could not be killed.", new LaunchException($"Launch '{context.Name}': its child process {process.Id} was killed, and the system has not ended it. It may wait for a device.")));
        }
        else if (!stopping.HasKilled)
        {
            ReportExit(context, process, output, handshake, wasReady);
        }
        else if (!context.IsEnding)
        {
            context.End(EndCause.Crashed("Its child process closed its connection.", new LaunchException($"Launch '{context.Name}': its child process {process.Id} ({handshake.Program}) has closed its connection and did not end. {output.Tail}")));
        }
    }

    private static void Report(LaunchContext context, Ended ended)
    {
        context.End(new(ended.Outcome, ended.Sentence, ended.Outcome == LaunchOutcomeKind.Crashed ? ended.Error?.ToException() : null));
        if (ended.Error is { } error && ended.Outcome != LaunchOutcomeKind.Crashed)
        {
            // It is kept beside the cause.
            context.End(EndCause.Crashed(ended.Sentence, error.ToException()));
        }
    }

    private static void ReportExit(LaunchContext context, OwnedProcess process, OutputLines output, Handshake handshake, bool wasReady)
    {
        var exit = ExitWords.Of(process.ExitCode);
        if (wasReady && process.ExitCode == 0)
        {
            context.End(EndCause.Returned($"Its child process {process.Id} ended by itself, {exit}."));
            return;
        }

        var remedy = handshake.HasAnswered ? "" : $" {handshake.Remedy}";
        context.End(EndCause.Crashed(
            $"Its child process {process.Id} ended {exit}.",
            new LaunchException($"Launch '{context.Name}': its child process {process.Id} ({handshake.Program}) ended {exit}{(wasReady ? "" : ", before it was ready")}.{remedy} {output.Tail}")));
    }
}
