using SafeLaunch.Hosting;
using SafeLaunch.Supervising;
using SafeLaunch.Supervision;

namespace SafeLaunch.InHost;

/// <summary>
/// A launch of a host, from the time when the host is built to its end. It may be started and stopped any number of times; its stopping
/// token and its completion are those of its latest start, and before the first start those of the first.
/// </summary>
internal sealed class HostedLaunch(LaunchRegistration registration, Func<Launcher> makeLauncher, TimeProvider timeProvider) : RelayLaunch(registration.Name)
{
    private readonly object gate = new();
    private readonly RunHistory history = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private CancellationTokenSource stopping = new();
    private TaskCompletionSource<LaunchOutcome> completion = NewCompletion();
    private ILaunch? latest;
    private Task? drain;
    private bool isClosed;
    private DateTimeOffset since = timeProvider.GetUtcNow();

    public LaunchRegistration Registration => registration;

    /// <summary>Whether it is about to stop, and still answers.</summary>
    public override bool IsDraining => this.drain is not null;

    public override LaunchState State
    {
        get
        {
            lock (this.gate)
            {
                return this.completion.Task.IsCompleted ? LaunchState.Ended : this.latest?.State ?? LaunchState.NotStarted;
            }
        }
    }

    public override DateTimeOffset Since => this.Latest?.Since ?? this.since;

    public override bool IsCrashing => this.Latest is { IsCrashing: true };

    public override CancellationToken Stopping
    {
        get
        {
            lock (this.gate)
            {
                return this.stopping.Token;
            }
        }
    }

    public override Task Started => this.Latest?.Started ?? Task.CompletedTask;

    public override bool StartWasGivenUp => this.Latest is { StartWasGivenUp: true };

    public override Task<LaunchOutcome> Completion
    {
        get
        {
            lock (this.gate)
            {
                return this.completion.Task;
            }
        }
    }

    public override IReadOnlyList<LaunchOutcome> EarlierRuns =>
        this.Latest is { Completion.IsCompleted: false } current ? [.. this.history.Snapshot, .. current.EarlierRuns] : this.history.Snapshot;

    public override TimeSpan LongestStop => registration.DrainFor + base.LongestStop;

    public override LogTail LogTail { get; } = new();

    protected override ILaunch? Latest
    {
        get
        {
            lock (this.gate)
            {
                return this.latest;
            }
        }
    }

    /// <summary>Starts it unless it runs.</summary>
    /// <returns>True if it was started here.</returns>
    /// <exception cref="InvalidOperationException">The host is stopping.</exception>
    public async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        await this.turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (this.State == LaunchState.Stopping)
            {
                await this.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            if (this.State is not (LaunchState.NotStarted or LaunchState.Ended))
            {
                return false;
            }

            await this.Begin(cancellationToken).Started.ConfigureAwait(false);
            return true;
        }
        finally
        {
            this.turn.Release();
        }
    }

    /// <summary>Stops it, after its time to drain. Never fails.</summary>
    public async Task<LaunchOutcome> StopAsync(CancellationToken cancellationToken)
    {
        await this.DrainAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await new LaunchHandle(this).StopAsync(cancellationToken).ConfigureAwait(false);
        this.drain = null;
        return outcome;
    }

    /// <summary>Makes it unhealthy while requests go on. Ends when its time to drain is over, or the token is cancelled.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (registration.DrainFor > TimeSpan.Zero && this.State == LaunchState.Running)
        {
            var drained = this.drain ??= Task.Delay(registration.DrainFor, timeProvider, CancellationToken.None);
            await ((Task)Task.WhenAny(drained, this.Completion)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>From here on it cannot be started.</summary>
    public void Close()
    {
        lock (this.gate)
        {
            this.isClosed = true;
        }
    }

    public override void RequestStop(string sentence)
    {
        ILaunch? current;
        lock (this.gate)
        {
            current = this.latest;
            if (current is null)
            {
                this.completion.TrySetResult(new(LaunchOutcomeKind.Stopped, "It was never started.", exception: null, this.Name, threadId: 0, TimeSpan.Zero));
                this.stopping.CancelElsewhereAsync().Forget();
            }
        }

        current?.RequestStop(sentence);
    }

    private static TaskCompletionSource<LaunchOutcome> NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ILaunch Begin(CancellationToken cancellationToken)
    {
        var launcher = makeLauncher();
        lock (this.gate)
        {
            if (this.isClosed)
            {
                throw new InvalidOperationException($"Launch '{this.Name}' cannot be started, since its host is stopping.");
            }

            if (this.completion.Task.IsCompleted)
            {
                this.completion = NewCompletion();
                this.stopping = new();
            }

            this.latest = launcher.Source.Begin(new() { CancellationToken = cancellationToken, EarlierAddresses = this.latest?.Addresses ?? [], LogTail = this.LogTail });
            this.since = timeProvider.GetUtcNow();
            _ = this.FollowAsync(this.latest, this.completion, this.stopping);
            return this.latest;
        }
    }

    private async Task FollowAsync(ILaunch launch, TaskCompletionSource<LaunchOutcome> ended, CancellationTokenSource ending)
    {
        LaunchOutcome outcome;
        using (launch.Stopping.Register(() => ending.CancelElsewhereAsync().Forget()))
        {
            outcome = await launch.Completion.ConfigureAwait(false);
        }

        foreach (var run in launch.EarlierRuns.DefaultIfEmpty(outcome))
        {
            this.history.Add(run);
        }

        ending.CancelElsewhereAsync().Forget();
        ended.TrySetResult(outcome);
    }
}
