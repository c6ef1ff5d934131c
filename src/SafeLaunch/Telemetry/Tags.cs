using System.Diagnostics;

namespace SafeLaunch.Telemetry;

/// <summary>The tags of measurements and spans.</summary>
internal static class Tags
{
    public static KeyValuePair<string, object?> Of(string launch) => new("safelaunch.launch.name", launch);

    public static TagList Of(string launch, Exception? error)
    {
        var tags = new TagList { Of(launch) };
        if (error is not null)
        {
            tags.Add("error.type", error.GetType().FullName);
        }

        return tags;
    }

    public static TagList Of(string launch, LaunchOutcome outcome)
    {
        var tags = Of(launch, outcome.Exception);
        tags.Add("safelaunch.outcome.kind", outcome.Kind switch
        {
            LaunchOutcomeKind.Stopped => "stopped",
            LaunchOutcomeKind.Returned => "returned",
            LaunchOutcomeKind.Crashed => "crashed",
            LaunchOutcomeKind.Abandoned => "abandoned",
            LaunchOutcomeKind.Killed => "killed",
            _ => outcome.Kind.ToString(),
        });
        return tags;
    }
}
