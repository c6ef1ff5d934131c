using SafeLaunch.Frameworks;

namespace SafeLaunch.Servers;

/// <summary>
/// One launch that many callers use: the first caller starts it, it never runs twice at once, and the last holder stops it, or any call
/// of <see cref="StopAsync"/>. A later caller gets a new launch, once the old launch has ended.
/// </summary>
/// <param name="start">Starts it. Called on the thread pool, in the flow of the first caller.</param>
internal sealed class SharedLaunch(Func<CancellationToken, Task<LaunchHandle>> start)
{
    private readonly object gate = new();
    private int holders;
    private Task<LaunchHandle>? current;
    private CancellationTokenSource? startTime;
    private Task<LaunchHandle>? stopped;
    private Task end = Task.CompletedTask;

    /// <summary>The start of the launch that runs; null where none has been started since the last stop.</summary>
    public Task<LaunchHandle>? Current => Volatile.Read(ref this.current);

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

    /// <summary>
    /// Stops the launch, also while others hold it. The result is the outcome; null if the launch was never started, or its start failed.
    /// Inside the launch the task fails, because the caller would wait for itself; the launch stops nevertheless.
    /// </summary>
    public Task<LaunchOutcome?> StopAsync()
    {
        lock (this.gate)
        {
            return this.StopNeedsLockAsync();
        }
    }

    private static async Task<LaunchOutcome?> OutcomeOfAsync(Task<LaunchHandle>? launch) =>
        launch is not null && await StartedAsync(launch).ConfigureAwait(false) is { } handle
            ? await handle.StopAsync().ConfigureAwait(false)
            : null;

    private static async Task<LaunchHandle?> StartedAsync(Task<LaunchHandle> launch)
    {
        try
        {
            return await launch.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Those who asked for it have been told.
            return null;
        }
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
            this.stopped = launch;
            this.end = this.EndAsync(launch, this.startTime!);
        }

        return OutcomeOfAsync(this.stopped);
    }

    private async Task<LaunchHandle> StartAfterAsync(Task previous, CancellationToken cancellationToken)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        return await start(cancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(Task<LaunchHandle> launch, CancellationTokenSource launchStart)
    {
        try
        {
            await launchStart.CancelAsync().ConfigureAwait(false);
            if (await StartedAsync(launch).ConfigureAwait(false) is { } handle)
            {
                handle.RequestStop();
                await handle.Completion.ConfigureAwait(false);
            }
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
