namespace SafeLaunch.Supervision;

/// <summary>
/// Sees that a captured host failed to start while its launch starts. Such a host reports only that it has started, so it has
/// to be asked again and again.
/// </summary>
internal static class CapturedHostWatch
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    public static async Task RunAsync(LaunchRun run)
    {
        var pause = FirstPause;
        while (run.Life.State == LaunchState.Starting)
        {
            if (run.Hosts.HasCapturedFailedToStart)
            {
                run.Events.Reconsider();
                run.Events.OnCapturedHostFailed();
                return;
            }

            await Task.WhenAny(run.Life.Ready, run.Life.Ending).EndsWithinAsync(pause).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }
}
