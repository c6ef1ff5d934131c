namespace SafeLaunch.Supervision;

/// <summary>
/// Finds out that a host failed to start while its launch starts. A host whose StartAsync throws reports nothing, and code may drop
/// the task of that call; so this looks through the exceptions of the launch again and again.
/// </summary>
internal static class HostStartWatch
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks until the launch is ready, or begins to end.</summary>
    public static async Task RunAsync(LaunchRun run)
    {
        var pause = FirstPause;
        Exception? handled = null;
        while (run.Life.State == LaunchState.Starting)
        {
            if (run.StartErrors.OfHostStart is { } error && error != handled)
            {
                handled = error;
                Look(run);
            }

            await Task.WhenAny(run.Life.Ready, run.Life.Ending).EndsWithinAsync(pause).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>Looks once at a start that has failed, so that the stop knows which hosts it left half started.</summary>
    public static void LookAtEnd(LaunchRun run)
    {
        if (!run.Life.HasBeenReady && (run.StartErrors.OfHostStart is not null || !StartErrors.IsSupported))
        {
            Look(run);
        }
    }

    private static void Look(LaunchRun run)
    {
        var (isKnown, host) = run.Hosts.OnStartFailed();
        if (isKnown)
        {
            run.Events.OnHostFailed(host?.FailsIntoDelegate == true);
        }
    }
}
