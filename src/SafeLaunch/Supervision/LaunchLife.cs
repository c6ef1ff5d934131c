namespace SafeLaunch.Supervision;

/// <summary>Where a launch is in its life, and why it ends. It holds the only lock on that, and knows neither hosts nor threads.</summary>
/// <remarks>
/// <code>
///                   Starting               Running               Stopping                     Ended
/// BeReady           Running, Ready         nothing               nothing                      nothing
/// TryEnd            Stopping, the cause    Stopping, the cause   false                        false
/// TryEndStart       Stopping, the cause    false                 false                        false
/// Return            the return is noted, with whether the launch was ready by then
/// Finish            (never)                (never)               Ended                        (never)
/// </code>
/// </remarks>
internal sealed class LaunchLife
{
    private readonly object gate = new();
    private readonly TaskCompletionSource<bool> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The stop begins on the thread that ends the launch: its first step goes to the thread pool, and runs no other code before.
    private readonly TaskCompletionSource<EndCause> ending = new();
    private LaunchState state = LaunchState.Starting;
    private DateTimeOffset since = DateTimeOffset.UtcNow;
    private bool hasBeenReady;
    private ReturnState returned;

    public LaunchState State
    {
        get
        {
            lock (this.gate)
            {
                return this.state;
            }
        }
    }

    /// <summary>Since when it is in its state.</summary>
    public DateTimeOffset Since
    {
        get
        {
            lock (this.gate)
            {
                return this.since;
            }
        }
    }

    public bool HasBeenReady
    {
        get
        {
            lock (this.gate)
            {
                return this.hasBeenReady;
            }
        }
    }

    /// <summary>Whether the delegate has returned, and whether the launch was ready when it did, and is now.</summary>
    public (ReturnState Returned, bool IsReady) AtReturn
    {
        get
        {
            lock (this.gate)
            {
                return (this.returned, this.hasBeenReady);
            }
        }
    }

    public Task Ready => this.ready.Task;

    /// <summary>Completes with the cause when the launch begins to end.</summary>
    public Task<EndCause> Ending => this.ending.Task;

    public void BeReady()
    {
        lock (this.gate)
        {
            if (this.state != LaunchState.Starting)
            {
                return;
            }

            this.Enter(LaunchState.Running);
            this.hasBeenReady = true;
        }

        this.ready.TrySetResult(true);
    }

    /// <summary>False if the launch is ending already, for an earlier cause.</summary>
    public bool TryEnd(EndCause cause) => this.TryEnd(cause, onlyStart: false);

    /// <summary>Ends a launch that has never been ready. False if it has been, or is ending already.</summary>
    public bool TryEndStart(EndCause cause) => this.TryEnd(cause, onlyStart: true);

    /// <summary>The delegate has returned.</summary>
    public void Return()
    {
        lock (this.gate)
        {
            this.returned = this.hasBeenReady ? ReturnState.AfterReady : ReturnState.BeforeReady;
        }
    }

    public void Finish()
    {
        lock (this.gate)
        {
            this.Enter(LaunchState.Ended);
        }
    }

    private bool TryEnd(EndCause cause, bool onlyStart)
    {
        lock (this.gate)
        {
            if (this.state is not (LaunchState.Starting or LaunchState.Running) || (onlyStart && this.hasBeenReady))
            {
                return false;
            }

            this.Enter(LaunchState.Stopping);
        }

        return this.ending.TrySetResult(cause);
    }

    private void Enter(LaunchState next)
    {
        this.state = next;
        this.since = DateTimeOffset.UtcNow;
    }
}
