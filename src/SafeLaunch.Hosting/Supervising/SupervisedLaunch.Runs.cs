using System.Diagnostics;
using Polly;
using SafeLaunch.Supervision;

namespace SafeLaunch.Supervising;

/// <content>The runs: the pipeline executes them, one after another, until one of them is the last.</content>
internal sealed partial class SupervisedLaunch
{
    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        LaunchOutcome outcome;
        using (this.handlesSignals ? new Signals(signal => this.RequestStop($"The process received {signal}.")) : null)
        using (cancellationToken.Register(() => this.EndStart(
            EndCause.StartGivenUp("Its start was cancelled.", new OperationCanceledException($"The start of launch '{this.Name}' was cancelled.", cancellationToken)))))
        {
            outcome = await this.RunAllAsync().ConfigureAwait(false);
        }

        this.starter = null;
        this.End(EndCause.Returned(outcome.Reason));
        this.started.TrySetException(this.StartFailure(outcome));
        this.life.Finish(outcome);
    }

    private async Task<LaunchOutcome> RunAllAsync()
    {
        var context = ResilienceContextPool.Shared.Get(this.noMoreRuns.Token);
        try
        {
            return this.Conclude(await this.restarts.Build()
                .ExecuteOutcomeAsync(static (context, launch) => launch.RunOnceAsync(context.CancellationToken), context, this)
                .ConfigureAwait(false));
        }
        catch (Exception e)
        {
            return this.Conclude(Outcome.FromException<LaunchOutcome>(e));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>One run. It never throws.</summary>
    /// <param name="cancellationToken">Cancelled by the stop of the launch, or by a pipeline that bounds a run.</param>
    /// <returns>The outcome of the last run; an exception if the launch is to be started again.</returns>
    private async ValueTask<Outcome<LaunchOutcome>> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (this.life.TryBegin(this.BeginRun) is not { } run)
            {
                return Outcome.FromException<LaunchOutcome>(new OperationCanceledException(cancellationToken));
            }

            LaunchOutcome outcome;
            using (cancellationToken.Register(() => run.RequestStop("Its resilience pipeline has ended the run.")))
            {
                outcome = await this.FinishAsync(run).ConfigureAwait(false);
            }

            this.history.Add(outcome);
            return this.TryComeBack(outcome, cancellationToken)
                ? Outcome.FromException<LaunchOutcome>(this.ErrorOf(outcome, cancellationToken))
                : Outcome.FromResult(outcome);
        }
        catch (Exception e)
        {
            return Outcome.FromResult(this.Write(LaunchOutcomeKind.Crashed, "It could not be started again.", e));
        }
    }

    /// <summary>Each run begins in the execution context of the caller who started the launch, as the first one does.</summary>
    private ILaunch BeginRun(IReadOnlyList<Uri> earlierAddresses)
    {
        var request = new StartRequest { HandlesSignals = this.handlesSignals, EarlierAddresses = earlierAddresses, LogTail = this.LogTail };
        if (this.starter is not { } context)
        {
            return this.BeginRun(request);
        }

        ILaunch? begun = null;
        ExecutionContext.Run(context, _ => begun = this.BeginRun(request), state: null);
        return begun!;
    }

    private ILaunch BeginRun(StartRequest request)
    {
        if (this.history.Latest is { } crashed)
        {
            // The activity in which the first run was started may have ended long ago.
            Activity.Current = null;
            this.telemetry.OnRestart(crashed.Exception);
        }

        return this.source.Begin(request);
    }

    /// <summary>Waits until the run is ready, and until it has ended.</summary>
    private async Task<LaunchOutcome> FinishAsync(ILaunch run)
    {
        // A crash is noted while the run still stops, which may take long.
        using var onStopping = run.Stopping.Register(this.life.NoteState);
        await run.Started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var readyAt = this.options.TimeProvider.GetTimestamp();
        var error = run.Started.Exception?.InnerException;
        if (error is null)
        {
            this.life.BeReady();
            this.started.TrySetResult(true);
        }

        var outcome = await run.Completion.ConfigureAwait(false);
        this.restarts.OnRunEnded(error is null ? this.options.TimeProvider.GetElapsedTime(readyAt) : TimeSpan.Zero);
        this.life.EndRun(error, this.options.KeepAddress ? run.Addresses : []);

        // A start that was given up counts as a crash here, since no caller has asked for its end.
        return error is not null && run.StartWasGivenUp && outcome.Kind == LaunchOutcomeKind.Stopped
            ? new(LaunchOutcomeKind.Crashed, outcome.Reason, error, outcome.ThreadName, outcome.ThreadId, outcome.Duration)
            : outcome;
    }

    /// <summary>Waits for the next run from now on, unless this run was the last one. The options are not asked where none may follow.</summary>
    private bool TryComeBack(LaunchOutcome outcome, CancellationToken cancellationToken) =>
        this.life.MayComeBack
        && (cancellationToken.IsCancellationRequested || this.options.ShouldRestart(outcome))
        && this.life.TryWait();
}
