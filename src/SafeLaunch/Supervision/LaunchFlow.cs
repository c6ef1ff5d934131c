using Microsoft.Extensions.Logging;
using SafeLaunch.ConsoleInput;
using SafeLaunch.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>The story of one launch: it starts, it is ready or fails, it ends, it is stopped, and it has an outcome.</summary>
internal sealed class LaunchFlow(LaunchRun run)
{
    private static readonly HostingEvents HostingEvents = new(() => LaunchScope.CurrentLaunch?.AppHosts);

    private static readonly ConsoleRouting ConsoleRouting = new();

    private readonly HostingEvents.Watch hostingEvents = HostingEvents.Begin();
    private IDisposable? consoleInput;

    /// <summary>Ends when the launch is ready, or when it begins to end before that. Never fails.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Everything that this flow starts is inside the launch, its thread included.
        run.Scope.Enter();
        run.FlowLog.Write(logger => logger.Starting(run.Name));
        try
        {
            this.consoleInput = run.Options.RouteConsoleInput ? ConsoleRouting.Begin() : null;
            run.Signals = run.HandlesSignals ? new(signal => run.End(EndCause.Stopped($"The process received {signal}."))) : null;
            await this.BecomeReadyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            run.End(EndCause.Crashed("It could not be started.", e));
        }

        if (run.Life.HasBeenReady)
        {
            run.StartErrors.Close();
            run.Telemetry?.OnReady();
            var (elapsed, threadId) = (run.Clock.ElapsedMilliseconds, run.Thread!.Id);
            run.FlowLog.Write(logger => logger.Ready(run.Name, elapsed, threadId));
            if (run.Options.BecameReady is { } callback)
            {
                run.FlowLog.Write(logger => callback(run.Context, logger));
            }

            await run.FlowLog.FlushAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the launch begins to end, and stops it. Never fails.</summary>
    public async Task<LaunchOutcome> EndAsync()
    {
        var cause = await run.Life.Ending.ConfigureAwait(false);
        run.Telemetry?.OnEnding(run.Life.HasBeenReady ? null : StartDiagnostics.ErrorOf(run.Name, cause), cause.Activity);
        var outcome = await StopLadder.StopAsync(run, cause).ConfigureAwait(false);

        // A caller who sees the end finds nothing of the launch left in the process.
        this.Release(run.Signals);
        this.Release(this.hostingEvents);
        this.Release(this.consoleInput);
        this.Release(run.Hosts);
        run.Life.Finish();

        // The delegate may have returned a server after the step that disposes of it, and before the state that says so.
        _ = run.Returned.DisposeLateAsync();
        run.Scope.Release();
        run.Thread?.Context.Release(run.WasInterrupted);
        run.Telemetry?.OnEnded(outcome);
        run.ReleaseProgram();
        run.FlowLog.Write(logger => logger.Ended(outcome.IsSuccess ? LogLevel.Information : LogLevel.Error, outcome.Exception, run.Name, outcome));
        await run.FlowLog.FlushAsync().ConfigureAwait(false);
        run.ReleaseLogger();
        return outcome;
    }

    /// <summary>The end of a launch must come also where one of its parts cannot be released.</summary>
    private void Release(IDisposable? part)
    {
        try
        {
            part?.Dispose();
        }
        catch (Exception e)
        {
            run.Errors.Add(e);
        }
    }

    private async Task BecomeReadyAsync(CancellationToken cancellationToken)
    {
        var onCancelled = cancellationToken.Register(() => run.TryEndStart(EndCause.StartGivenUp(
            "Its start was cancelled.",
            new OperationCanceledException($"The start of launch '{run.Name}' was cancelled.", cancellationToken))));
        try
        {
            await this.BeginAsync().ConfigureAwait(false);
        }
        finally
        {
            // This may run on the thread that ends the launch, which must not wait for the callback.
            onCancelled.EndWithoutWaiting();
        }
    }

    private async Task BeginAsync()
    {
        using var startErrors = StartErrors.Listen();
        using var onTimeout = new Timer(_ => _ = this.GiveUpAsync(), state: null, run.Options.StartTimeout, Timeout.InfiniteTimeSpan);
        using var whileStarting = run.Options.Starting?.Invoke();
        await this.FailIfReadyBeforeAsync().ConfigureAwait(false);
        if (run.Life.Ending.IsCompleted)
        {
            return;
        }

        run.CreateThread();
        new DelegateRun(run).Begin();
        await Task.WhenAny(run.Life.Ready, run.Life.Ending).ConfigureAwait(false);
        run.Readiness?.Cancel();
    }

    /// <summary>A server that answers before the launch has begun is not its own.</summary>
    private async Task FailIfReadyBeforeAsync()
    {
        if (run.Readiness?.ReadyProbe is not { } probe)
        {
            return;
        }

        using var end = new CancellationTokenSource();
        var look = probe.FindReadyAsync(end.Token);
        look.Forget();
        if (await Task.WhenAny(look, run.Life.Ending).ConfigureAwait(false) != look)
        {
            await end.CancelElsewhereAsync().ConfigureAwait(false);
        }
        else if (await look.ConfigureAwait(false) is { } address)
        {
            throw StartDiagnostics.AnswersBefore(run.Name, address);
        }
    }

    private async Task GiveUpAsync()
    {
        // Cancelled first, since a probe then reports its last error.
        var lastSeen = run.Readiness is { } watch ? await watch.GiveUpAsync().ConfigureAwait(false) : null;
        run.TryEndStart(EndCause.StartGivenUp("It was not ready in time.", StartDiagnostics.NotReadyInTime(run, lastSeen)));
    }
}
