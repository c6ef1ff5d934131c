namespace SafeLaunch;

/// <summary>
/// One launch that many use: started by the first who asks, never twice at once, and stopped by the last holder or by anybody
/// who says so. Whoever asks after that gets a new one, once the old one has ended.
/// </summary>
/// <param name="start">Starts it. Called on the thread pool, in the flow of whoever asked first.</param>
internal sealed class SharedLaunch(Func<CancellationToken, Task<LaunchHandle>> start)
{
    private readonly object gate = new();
    private int holders;
    private Task<LaunchHandle>? current;
    private CancellationTokenSource? startTime;
    private Task<LaunchOutcome?> end = Task.FromResult<LaunchOutcome?>(null);

    /// <summary>Ends with the launch that runs, or fails as its start did; that is not tried again before a stop.</summary>
    public Task<LaunchHandle> StartAsync()
    {
        lock (this.gate)
        {
            return this.StartNeedsLockAsync();
        }
    }

    /// <summary>As <see cref="StartAsync"/>, and it is held from now on, whether that fails or not.</summary>
    public Task<LaunchHandle> AcquireAsync()
    {
        lock (this.gate)
        {
            this.holders++;
            return this.StartNeedsLockAsync();
        }
    }

    /// <summary>Ends at once, with null, while others hold it.</summary>
    public Task<LaunchOutcome?> ReleaseAsync()
    {
        lock (this.gate)
        {
            return --this.holders == 0 ? this.StopNeedsLockAsync() : Task.FromResult<LaunchOutcome?>(null);
        }
    }

    /// <summary>Stops it, whoever holds it. Ends with the outcome; with null if it was never started, or could not be.</summary>
    public Task<LaunchOutcome?> StopAsync()
    {
        lock (this.gate)
        {
            return this.StopNeedsLockAsync();
        }
    }

    private static async Task<LaunchOutcome?> StopAsync(Task<LaunchHandle> launch)
    {
        LaunchHandle handle;
        try
        {
            handle = await launch.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Those who asked for it have been told.
            return null;
        }

        return await handle.StopAsync().ConfigureAwait(false);
    }

    private Task<LaunchHandle> StartNeedsLockAsync()
    {
        if (this.current is null)
        {
            TestProcess.Add(this);
            this.startTime = new();
            this.current = this.StartAfterAsync(this.end, this.startTime.Token);
        }

        return this.current;
    }

    private Task<LaunchOutcome?> StopNeedsLockAsync()
    {
        if (this.current is { } launch)
        {
            this.current = null;
            this.end = this.EndAsync(launch, this.startTime!);
        }

        return this.end;
    }

    private async Task<LaunchHandle> StartAfterAsync(Task previous, CancellationToken cancellationToken)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        return await start(cancellationToken).ConfigureAwait(false);
    }

    private async Task<LaunchOutcome?> EndAsync(Task<LaunchHandle> launch, CancellationTokenSource launchStart)
    {
        try
        {
            await launchStart.CancelAsync().ConfigureAwait(false);
            return await StopAsync(launch).ConfigureAwait(false);
        }
        finally
        {
            lock (this.gate)
            {
                if (this.current is null)
                {
                    TestProcess.Remove(this);
                }
            }
        }
    }
}
