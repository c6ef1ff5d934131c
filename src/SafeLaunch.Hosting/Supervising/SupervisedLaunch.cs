using System.Diagnostics;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;
using SafeLaunch.Telemetry;

namespace SafeLaunch.Supervising;

/// <summary>One launch that is started again when it crashes. <see cref="SupervisedLife"/> has its states, and docs/supervision.md describes its life.</summary>
internal sealed partial class SupervisedLaunch : RelayLaunch
{
    private readonly ILaunchSource source;
    private readonly SupervisionOptions options;
    private readonly bool handlesSignals;
    private readonly SupervisedLife life;
    private readonly ShieldedLogger logger;
    private readonly RestartPipeline restarts;
    private readonly RestartTelemetry telemetry;
    private readonly RunHistory history = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource noMoreRuns = new();
    private readonly TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExecutionContext? starter = ExecutionContext.Capture();

    private SupervisedLaunch(ILaunchSource source, SupervisionOptions options, StartRequest request)
        : base(source.Name)
    {
        this.source = source;
        this.options = options;
        this.handlesSignals = request.HandlesSignals || source.HandlesSignals;
        this.life = new(options.RetryFirstStart, request.EarlierAddresses);
        this.LogTail = request.LogTail ?? new();
        this.logger = new(source.LoggerFactory?.CreateLogger(LogCategories.Launch), this.LogTail.CreateLogger(LogCategories.Launch));
        this.restarts = new(source.Name, options, this.logger);
        this.telemetry = new(source.Name, error => this.logger.TelemetryFailed(error, source.Name));
    }

    public override LaunchState State => this.life.State;

    public override DateTimeOffset Since => this.life.Since;

    public override bool IsCrashing => this.Completion is { IsCompleted: true, Result.Kind: LaunchOutcomeKind.Crashed };

    public override CancellationToken Stopping => this.stopping.Token;

    public override Task Started => this.started.Task;

    public override bool StartWasGivenUp => this.started.Task.IsFaulted && this.life.Cause is not { Kind: LaunchOutcomeKind.Stopped, Exception: null };

    public override Task<LaunchOutcome> Completion => this.life.Completion;

    public override IReadOnlyList<LaunchOutcome> EarlierRuns => this.history.Snapshot;

    public override LogTail? LogTail { get; }

    protected override ILaunch? Latest => this.life.Run;

    public static SupervisedLaunch Begin(ILaunchSource source, SupervisionOptions options, StartRequest request)
    {
        var launch = new SupervisedLaunch(source, options, request);
        using (ExecutionContextFlow.Suppress())
        {
            _ = Task.Run(() => launch.SuperviseAsync(request.CancellationToken), CancellationToken.None);
        }

        return launch;
    }

    public override void RequestStop(string sentence) => this.End(EndCause.Stopped(sentence));

    /// <summary>Ends the launch for good: no further run begins, and the current one is stopped.</summary>
    private void End(EndCause cause)
    {
        if (this.life.TryEnd(cause))
        {
            this.StopRuns(cause);
        }
    }

    /// <summary>The same, unless a run has been ready.</summary>
    private void EndStart(EndCause cause)
    {
        if (this.life.TryEndStart(cause))
        {
            this.StopRuns(cause);
        }
    }

    /// <summary>First the run, so that it ends for this cause; then the delay between two runs.</summary>
    private void StopRuns(EndCause cause)
    {
        this.Latest?.RequestStop(cause.Sentence);
        this.stopping.CancelElsewhereAsync().Forget();
        this.noMoreRuns.CancelElsewhereAsync().Forget();
    }
}
