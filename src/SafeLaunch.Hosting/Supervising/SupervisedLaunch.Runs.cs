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
        using (cancellationToken.Register(() => this.End(
            EndCause.StartGivenUp("Its start was cancelled.", new OperationCanceledException($"The start of launch '{this.Name}' was cancelled.", cancellationToken)),
            onlyStart: true)))
        {
            outcome = await this.RunAllAsync().ConfigureAwait(false);
        }

        this.starter = null;
        this.End(EndCause.Returned(outcome.Reason), onlyStart: false);
        this.started.TrySetException(this.StartFailure());
        this.completion.TrySetResult(outcome);
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
            if (this.TryBeginRun() is not { } current)
            {
                return Outcome.FromException<LaunchOutcome>(new OperationCanceledException(cancellationToken));
            }

            LaunchOutcome outcome;
            using (cancellationToken.Register(() => current.RequestStop("Its resilience pipeline has ended the run.")))
            {
                outcome = await this.FinishAsync(current).ConfigureAwait(false);
            }

            this.history.Add(outcome);
            if (!this.TryComeBack(outcome, cancellationToken))
            {
                return Outcome.FromResult(outcome);
            }

            return Outcome.FromException<LaunchOutcome>(cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(cancellationToken)
                : this.CrashOf(outcome));
        }
        catch (Exception e)
        {
            this.startError ??= e;
            return Outcome.FromResult(this.Write(LaunchOutcomeKind.Crashed, "It could not be started again.", e));
        }
    }

    /// <summary>Each run begins in the execution context of the caller who started the launch, as the first one does. Null if the launch is ending.</summary>
    private ILaunch? TryBeginRun()
    {
        lock (this.gate)
        {
            if (this.cause is not null)
            {
                return null;
            }

            var request = new StartRequest { HandlesSignals = this.handlesSignals, EarlierAddresses = this.addresses, LogTail = this.LogTail };
            if (this.starter is { } context)
            {
                ExecutionContext.Run(context, _ => this.run = this.BeginRun(request), state: null);
            }
            else
            {
                this.run = this.BeginRun(request);
            }

            this.runs++;
            this.isRunReady = false;
            this.waitsForNextRun = false;
            return this.run;
        }
    }

    private ILaunch BeginRun(StartRequest request)
    {
        if (this.runs > 0)
        {
            // The activity in which the first run was started may have ended long ago.
            Activity.Current = null;
            this.telemetry.OnRestart(this.history.Latest?.Exception);
        }

        return this.source.Begin(request);
    }

    /// <summary>Waits until the run is ready, and until it has ended.</summary>
    private async Task<LaunchOutcome> FinishAsync(ILaunch current)
    {
        await current.Started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var readyAt = this.options.TimeProvider.GetTimestamp();
        var error = current.Started.Exception?.InnerException;
        if (error is null)
        {
            lock (this.gate)
            {
                this.hasBeenReady = true;
                this.isRunReady = true;
            }

            this.started.TrySetResult(true);
        }

        var outcome = await current.Completion.ConfigureAwait(false);
        this.restarts.OnRunEnded(error is null ? this.options.TimeProvider.GetElapsedTime(readyAt) : TimeSpan.Zero);
        if (this.options.KeepAddress && current.Addresses is { Count: > 0 } had)
        {
            this.addresses = had;
        }

        this.startError = error;

        // A start that was given up counts as a crash here, since no caller has asked for its end.
        return error is not null && current.StartWasGivenUp && outcome.Kind == LaunchOutcomeKind.Stopped
            ? new(LaunchOutcomeKind.Crashed, outcome.Reason, error, outcome.ThreadName, outcome.ThreadId, outcome.Duration)
            : outcome;
    }

    /// <summary>Waits for the next run from now on, unless this run was the last one.</summary>
    private bool TryComeBack(LaunchOutcome outcome, CancellationToken cancellationToken)
    {
        lock (this.gate)
        {
            if (this.cause is not null || !this.ComesBack)
            {
                return false;
            }
        }

        if (!cancellationToken.IsCancellationRequested && !this.options.ShouldRestart(outcome))
        {
            return false;
        }

        lock (this.gate)
        {
            this.waitsForNextRun = this.cause is null;
            return this.waitsForNextRun;
        }
    }
}
