using SafeLaunch.Hosting;
using SafeLaunch.Supervising;
using SafeLaunch.Supervision;

namespace SafeLaunch.InHost;

/// <summary>
/// A launch of a host, from the time when the host is built to its end. It may be started and stopped any number of times; its stopping
/// token and its completion are those of its latest start, and before the first start those of the first.
/// </summary>
/// <param name="registration">What its AddLaunch has said.</param>
/// <param name="makeLauncher">Makes the launcher of one start.</param>
/// <param name="makeOptions">Makes the other options of one start.</param>
/// <param name="timeProvider">The clock of its time to drain.</param>
internal sealed class HostedLaunch(LaunchRegistration registration, Func<Launcher> makeLauncher, Func<HostedOptions> makeOptions, TimeProvider timeProvider)
    : RelayLaunch(registration.Name)
{
    private readonly object gate = new();
    private readonly RunHistory history = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly DateTimeOffset added = timeProvider.GetUtcNow();
    private volatile HostedRun run = new();
    private bool isClosed;

    public LaunchRegistration Registration => registration;

    public override bool IsDraining => this.run.IsDraining;

    public override LaunchState State => this.run.State;

    public override DateTimeOffset Since => this.Latest?.Since ?? this.added;

    public override bool IsCrashing => this.Latest is { IsCrashing: true };

    public override CancellationToken Stopping => this.run.Stopping;

    public override Task Started => this.Latest?.Started ?? Task.CompletedTask;

    public override bool StartWasGivenUp => this.Latest is { StartWasGivenUp: true };

    public override Task<LaunchOutcome> Completion => this.run.Completion;

    public override IReadOnlyList<LaunchOutcome> EarlierRuns
    {
        get
        {
            lock (this.gate)
            {
                return this.run is { HasEnded: false, Launch: { } current } ? [.. this.history.Snapshot, .. current.EarlierRuns] : this.history.Snapshot;
            }
        }
    }

    public override TimeSpan LongestStop => this.run.DrainTime + base.LongestStop;

    public override LogTail LogTail { get; } = new();

    protected override ILaunch? Latest => this.run.Launch;

    /// <summary>Starts it unless it runs. Several callers take turns.</summary>
    /// <returns>The run that was started here, once it is ready; null if the launch ran already.</returns>
    /// <exception cref="InvalidOperationException">The host is stopping.</exception>
    public async Task<HostedRun?> StartAsync(CancellationToken cancellationToken)
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
                return null;
            }

            var begun = this.Begin(cancellationToken);
            await begun.BecomeReadyAsync().ConfigureAwait(false);
            return begun;
        }
        finally
        {
            this.turn.Release();
        }
    }

    /// <summary>Stops it, after its time to drain.</summary>
    /// <exception cref="LaunchException">Called from inside of the launch, which would wait for itself. It goes on then, and does not drain.</exception>
    public async Task<LaunchOutcome> StopAsync(CancellationToken cancellationToken)
    {
        if (!this.IsInside)
        {
            await this.DrainAsync(cancellationToken).ConfigureAwait(false);
        }

        return await new LaunchHandle(this).StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes it unhealthy while requests go on. Ends when its time to drain is over, or the token is cancelled.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => this.run.DrainAsync(timeProvider, cancellationToken);

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
            current = this.Latest;
            if (current is null)
            {
                this.run.End(new(LaunchOutcomeKind.Stopped, "It was never started.", exception: null, this.Name, threadId: 0, TimeSpan.Zero));
            }
        }

        current?.RequestStop(sentence);
    }

    /// <summary>Each start has separate options. The token that users of the handle have must open the next launch too.</summary>
    private void HandOnTo(Launcher launcher)
    {
        if (this.Latest is { } earlier)
        {
            foreach (var part in launcher.Source.Parts.OfType<IHandedOnPart>())
            {
                part.TakeFrom(earlier);
            }
        }
    }

    private HostedRun Begin(CancellationToken cancellationToken)
    {
        var launcher = makeLauncher();
        var options = makeOptions();
        lock (this.gate)
        {
            if (this.isClosed)
            {
                throw new InvalidOperationException($"Launch '{this.Name}' cannot be started, since its host is stopping.");
            }

            this.HandOnTo(launcher);

            // It may refuse to begin, and then all stays as it was.
            var launch = launcher.Source.Begin(new() { CancellationToken = cancellationToken, EarlierAddresses = this.Latest?.Addresses ?? [], LogTail = this.LogTail });
            var next = this.run.HasEnded ? new() : this.run;
            next.Begin(launch, options);
            this.run = next;
            _ = this.FollowAsync(next, launch);
            return next;
        }
    }

    private async Task FollowAsync(HostedRun followed, ILaunch launch)
    {
        LaunchOutcome outcome;
        using (launch.Stopping.Register(followed.BeginStop))
        {
            outcome = await launch.Completion.ConfigureAwait(false);
        }

        lock (this.gate)
        {
            foreach (var ended in launch.EarlierRuns.DefaultIfEmpty(outcome))
            {
                this.history.Add(ended);
            }

            followed.End(outcome);
        }
    }
}
