using System.Globalization;

namespace SafeLaunch.Supervision;

/// <summary>What is wrong with a launch although its state is <see cref="LaunchState.Running"/>.</summary>
internal static class LaunchConcern
{
    /// <returns>A sentence for people; null for nothing, and in all other states.</returns>
    public static string? Of(ILaunch launch) => launch switch
    {
        { State: not LaunchState.Running } => null,
        { IsDraining: true } => "It is about to stop, and drains.",
        { UnservedWork: { } work } => $"It is ready, but {Items(work.Count)} waited for its thread for {work.For.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s.",
        _ => null,
    };

    private static string Items(int count) => count == 1 ? "1 posted work item has" : $"{count} posted work items have";
}
