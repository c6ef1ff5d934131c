namespace SafeLaunch.Processes.Tests.Faults;

/// <summary>The result of a fault.</summary>
/// <param name="Result">The kind of the outcome, or that the start throws.</param>
/// <param name="Text">The reason of the outcome, or the message of the exception.</param>
/// <param name="Processes">The processes that are to be gone.</param>
internal sealed record ProcessFinding(string Result, string Text, params int[] Processes)
{
    public static ProcessFinding Of(LaunchOutcome outcome, params int[] processes) =>
        new($"`{outcome.Kind}`", outcome.Reason, processes);

    public static ProcessFinding OfStart(Exception error, params int[] processes) =>
        new("`Start` throws", $"{error.GetType().Name}: {error.Message}", processes);
}
