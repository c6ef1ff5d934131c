using System.Diagnostics;

namespace SafeLaunch.Telemetry;

/// <summary>A span that is the current activity of no code: neither the launch nor its caller runs inside of it.</summary>
internal static class Span
{
    /// <returns>Null if no listener wants it.</returns>
    public static Activity? Begin(string operation, ActivityContext parent, string launch)
    {
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return Instruments.Shared.Activities.StartActivity(operation, ActivityKind.Internal, parent, [Tags.Of(launch)]);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    /// <param name="span">The span.</param>
    /// <param name="error">Why it has failed; null if it has not.</param>
    /// <param name="tags">Tags that are added to the span.</param>
    public static void End(Activity span, string? error, in TagList tags)
    {
        foreach (var tag in tags)
        {
            span.SetTag(tag.Key, tag.Value);
        }

        if (error is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, error);
        }

        var current = Activity.Current;
        try
        {
            span.Dispose();
        }
        finally
        {
            Activity.Current = current;
        }
    }
}
