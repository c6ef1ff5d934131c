using System.Diagnostics;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;
using SafeLaunch.Telemetry;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervising;

/// <summary>One launch that is started again when it crashes. docs/supervision.md describes its life.</summary>
internal sealed partial class SupervisedLaunch : RelayLaunch
{
    private readonly object gate = new();

    private readonly ILaunchSource source;
    private readonly SupervisionOptions options;
    private readonly bool handlesSignals;
    private readonly ShieldedLogger logger;
    private readonly RestartPipeline restarts;
    private readonly RestartTelemetry telemetry;
    private readonly RunHistory history = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource noMoreRuns = new();
    private readonly TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LaunchOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DateTimeOffset begun = DateTimeOffset.UtcNow;
    private ExecutionContext? starter = ExecutionContext.Capture();
    private IReadOnlyList<Uri> addresses;
    private ILaunch? run;
    private int runs;
    private bool hasBeenReady;
    private bool isRunReady;
    private bool waitsForNextRun;
    private EndCause? cause;
    private Exception? startError;

    private SupervisedLaunch(ILaunchSource source, SupervisionOptions options, StartRequest request)
        : base(source.Name)
    {
        this.source = source;
        this.options = options;
        this.addresses = request.EarlierAddresses;
        this.handlesSignals = request.HandlesSignals || source.HandlesSignals;
        this.LogTail = request.LogTail ?? new();
        this.logger = new(source.LoggerFactory?.CreateLogger(LogCategories.Launch), this.LogTail.CreateLogger(LogCategories.Launch));
        this.restarts = new(source.Name, options, this.logger);
        this.telemetry = new(source.Name, error => this.logger.TelemetryFailed(error, source.Name));
    }

    public override LaunchState State
    {
        get
        {
            lock (this.gate)
            {
                return this.completion.Task.IsCompleted ? LaunchState.Ended
                    : this.cause is not null ? LaunchState.Stopping
                    : this.waitsForNextRun ? LaunchState.Restarting
                    : this.StateOfRun;
            }
        }
    }

    public override DateTimeOffset Since => this.Latest?.Since ?? this.begun;

    public override bool IsCrashing => this.completion.Task is { IsCompleted: true, Result.Kind: LaunchOutcomeKind.Crashed };

    public override CancellationToken Stopping => this.stopping.Token;

    public override Task Started => this.started.Task;

    public override bool StartWasGivenUp => this.started.Task.IsFaulted && Volatile.Read(ref this.cause) is not { Kind: LaunchOutcomeKind.Stopped, Exception: null };

    public override Task<LaunchOutcome> Completion => this.completion.Task;

    public override IReadOnlyList<LaunchOutcome> EarlierRuns => this.history.Snapshot;

    public override LogTail? LogTail { get; }

    protected override ILaunch? Latest
    {
        get
        {
            lock (this.gate)
            {
                return this.run;
            }
        }
    }

    private bool ComesBack => this.hasBeenReady || this.options.RetryFirstStart;

    private LaunchState StateOfRun => this.run?.State switch
    {
        LaunchState.Running when this.isRunReady => LaunchState.Running,
        LaunchState.Stopping or LaunchState.Ended => this.run.IsCrashing && this.ComesBack ? LaunchState.Restarting : LaunchState.Stopping,
        _ => this.runs > 1 ? LaunchState.Restarting : LaunchState.Starting,
    };

    public static SupervisedLaunch Begin(ILaunchSource source, SupervisionOptions options, StartRequest request)
    {
        var launch = new SupervisedLaunch(source, options, request);
        using (ExecutionContextFlow.Suppress())
        {
            _ = Task.Run(() => launch.SuperviseAsync(request.CancellationToken), CancellationToken.None);
        }

        return launch;
    }

    public override void RequestStop(string sentence) => this.End(EndCause.Stopped(sentence), onlyStart: false);

    /// <summary>Ends the launch for good: no further run begins, and the current one is stopped. Of several causes the first counts.</summary>
    private void End(EndCause because, bool onlyStart)
    {
        ILaunch? current;
        lock (this.gate)
        {
            if (this.cause is not null || (onlyStart && this.hasBeenReady))
            {
                return;
            }

            this.cause = because;
            current = this.run;
        }

        // First the run, so that it ends for this cause; then the delay between two runs.
        current?.RequestStop(because.Sentence);
        this.stopping.CancelElsewhereAsync().Forget();
        this.noMoreRuns.CancelElsewhereAsync().Forget();
    }
}
