using SafeLaunch.Supervision;

namespace SafeLaunch.InHost;

/// <summary>One start of a launch of a host, to its outcome. The first one is there before it begins.</summary>
internal sealed class HostedRun
{
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<LaunchOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile HostedOptions options = new();
    private volatile ILaunch? launch;
    private volatile Task? drain;

    /// <summary>Null before it has begun.</summary>
    public ILaunch? Launch => this.launch;

    /// <summary>It has ended when its outcome can be read, and not before.</summary>
    public LaunchState State => this.HasEnded ? LaunchState.Ended : this.launch?.State switch
    {
        null => LaunchState.NotStarted,
        LaunchState.Ended => LaunchState.Stopping,
        { } state => state,
    };

    public bool HasEnded => this.Completion.IsCompleted;

    /// <summary>Whether it is about to stop, and still answers.</summary>
    public bool IsDraining => this.drain is not null;

    public CancellationToken Stopping => this.stopping.Token;

    public Task<LaunchOutcome> Completion => this.completion.Task;

    /// <summary>How long it goes on before its stop; zero before it has begun.</summary>
    public TimeSpan DrainTime => this.options.DrainFor;

    public void Begin(ILaunch begun, HostedOptions itsOptions)
    {
        this.options = itsOptions;
        this.launch = begun;
    }

    /// <summary>Waits until it is ready, once it has begun. Fails once a failed start has ended as a whole.</summary>
    public async Task BecomeReadyAsync()
    {
        try
        {
            await this.launch!.Started.ConfigureAwait(false);
        }
        catch
        {
            await this.Completion.ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends when the time to drain is over, when the launch has ended, or when the token is cancelled.</summary>
    public async Task DrainAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (this.DrainTime is var time && time > TimeSpan.Zero && this.State == LaunchState.Running)
        {
            var drained = this.drain ??= Task.Delay(time, timeProvider, CancellationToken.None);
            await ((Task)Task.WhenAny(drained, this.Completion)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void BeginStop() => this.stopping.CancelElsewhereAsync().Forget();

    public void End(LaunchOutcome outcome)
    {
        this.BeginStop();
        this.completion.TrySetResult(outcome);
    }
}
