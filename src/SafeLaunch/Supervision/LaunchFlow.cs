using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeLaunch.ConsoleInput;
using SafeLaunch.Hosting;
using SafeLaunch.Readiness;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>The story of one launch: it starts, it is ready or fails, it ends, it is stopped, and it has an outcome.</summary>
internal sealed class LaunchFlow(LaunchRun run)
{
    private static readonly HostingEvents HostingEvents = new(() => LaunchScope.CurrentLaunch?.AppHosts);

    private static readonly ConsoleRouting ConsoleRouting = new(
        () => LaunchScope.Current is null ? CancellationToken.None : LaunchScope.CurrentLaunch?.EndOfInput ?? new(canceled: true));

    private readonly HostingEvents.Watch hostingEvents = HostingEvents.Begin();
    private IDisposable? consoleInput;

    /// <summary>Ends when the launch is ready, or when it begins to end before that. Never fails.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Everything that this flow starts is inside the launch, its thread included.
        run.Scope.Enter();
        run.Logger.Starting(run.Name);
        try
        {
            this.consoleInput = run.Options.RouteConsoleInput ? ConsoleRouting.Begin(run.Stopping) : null;
            run.Signals = run.HandlesSignals ? new(signal => run.End(EndCause.Stopped($"The process received {signal}."))) : null;
            await this.BecomeReadyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            run.End(EndCause.Crashed("It could not be started.", e));
        }

        if (run.Life.HasBeenReady)
        {
            run.Logger.Ready(run.Name, run.Clock.ElapsedMilliseconds, run.Thread!.Id);
        }
    }

    /// <summary>Waits until the launch begins to end, and stops it. Never fails.</summary>
    public async Task<LaunchOutcome> EndAsync()
    {
        var cause = await run.Life.Ending.ConfigureAwait(false);
        run.Logger.Ending(run.Name, cause.Sentence);
        var outcome = await new StopLadder(run).StopAsync(cause).ConfigureAwait(false);

        // A caller who sees the end finds nothing of the launch left in the process.
        run.Signals?.Dispose();
        this.hostingEvents.Dispose();
        this.consoleInput?.Dispose();
        run.Hosts.Dispose();
        run.Life.Finish();

        // The delegate may have returned a server after the step that disposes of it, and before the state that says so.
        _ = this.DisposeLateAsync();
        run.Scope.Release();
        run.Thread?.Context.Release();
        run.Logger.Ended(run.Name, outcome);
        run.ReleaseLogger();
        return outcome;
    }

    private async Task BecomeReadyAsync(CancellationToken cancellationToken)
    {
        using var seenErrors = SeenErrors.Listen();
        using var onCancelled = cancellationToken.Register(() => run.TryEndStart(EndCause.StartGivenUp(
            "Its start was cancelled.",
            new OperationCanceledException($"The start of launch '{run.Name}' was cancelled.", cancellationToken))));
        using var onTimeout = new Timer(_ => _ = this.GiveUpAsync(), state: null, run.Options.StartTimeout, Timeout.InfiniteTimeSpan);

        using var whileStarting = run.Options.Starting?.Invoke();
        await this.FailIfReadyBeforeAsync(cancellationToken).ConfigureAwait(false);
        run.CreateThread();
        _ = this.RunDelegateAsync();
        await Task.WhenAny(run.Life.Ready, run.Life.Ending).ConfigureAwait(false);
        run.Readiness?.Cancel();
    }

    /// <summary>A server that answers before the launch has begun is not its own.</summary>
    private async Task FailIfReadyBeforeAsync(CancellationToken cancellationToken)
    {
        if (run.Options.ReadyWhen?.Target is IReadyProbe probe && await probe.FindReadyAsync(cancellationToken).ConfigureAwait(false) is { } address)
        {
            throw StartDiagnostics.AnswersBefore(run.Name, address);
        }
    }

    private async Task RunDelegateAsync()
    {
        try
        {
            await run.Thread!.Context.InvokeAsync(this.RunOnThreadAsync).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            run.Events.OnDelegateThrew(e);
        }
        finally
        {
            run.EndDelegate();
        }
    }

    /// <summary>All that the launch thread does for the start, in one visit.</summary>
    private async Task<bool> RunOnThreadAsync()
    {
        this.WatchCapturedHosts();
        await this.StartLaunchHostAsync().ConfigureAwait(true);

        // Here, since the logger may be that of the launch host.
        if (run.Options.BlockingWaits == BlockingWaits.Pump)
        {
            WaitNotification.Current.Warn(run.Logger, run.Name);
        }

        if (run.Life.Ending.IsCompleted)
        {
            return false;
        }

        run.BeginDelegate();
        if (run.Readiness is not null)
        {
            _ = this.WatchReadinessAsync();
        }

        var result = await run.Body.RunAsync(run.Context).ConfigureAwait(false);
        await this.RunQueuedAsync().ConfigureAwait(false);
        run.Events.OnDelegateReturned(result);
        if (run.Life.State == LaunchState.Ended)
        {
            await this.DisposeLateAsync().ConfigureAwait(false);
        }

        return true;
    }

    private async Task StartLaunchHostAsync()
    {
        // Built outside of the launch, since the launch host is not one of its app hosts.
        var build = run.LaunchHost.IsConfigured ? LaunchScope.RunOutside(() => run.LaunchHost.BuildAsync(run.Thread!.Context)) : null;
        if (build is null || await build.ConfigureAwait(true) is not { } host)
        {
            return;
        }

        if (run.Options.LoggerFactory is null)
        {
            run.UseLogger(host.Services.GetRequiredService<ILoggerFactory>());
        }

        await run.LaunchHost.StartAsync(host, run.Stopping).ConfigureAwait(true);
    }

    /// <summary>An async void method of a whole program may have failed before Main returned: its exception is in the queue, and is the cause.</summary>
    private async Task RunQueuedAsync()
    {
        if (run.Body.Program is not null)
        {
            var queued = run.Thread!.Context.InvokeAsync(() => Task.FromResult(true));
            queued.Forget();

            // It fails where the launch has ended meanwhile.
            await Task.WhenAny(queued).ConfigureAwait(false);
        }
    }

    private void WatchCapturedHosts()
    {
        foreach (var captured in run.Body.CapturedHosts)
        {
            run.Hosts.Expect(
                captured,
                isInside: () => LaunchScope.Current == run.Scope,
                isOnThread: () => run.Thread!.Context.IsCurrentThread);
        }

        if (run.Hosts.IsAnyCapturedOpen)
        {
            _ = CapturedHostWatch.RunAsync(run);
        }
    }

    private async Task WatchReadinessAsync()
    {
        var watch = run.Readiness!;
        try
        {
            await watch.WaitAsync().ConfigureAwait(false);
            if (!watch.IsCancelled)
            {
                run.Life.BeReady();
            }
        }
        catch (Exception e)
        {
            if (!watch.IsCancelled)
            {
                run.TryEndStart(EndCause.Crashed($"{nameof(LaunchOptions.ReadyWhen)} threw.", e));
            }
        }
    }

    private async Task GiveUpAsync()
    {
        // Cancelled first, since a probe says what it saw last.
        var lastSeen = run.Readiness is { } watch ? await watch.GiveUpAsync().ConfigureAwait(false) : null;
        run.TryEndStart(EndCause.StartGivenUp("It was not ready in time.", StartDiagnostics.NotReadyInTime(run, lastSeen)));
    }

    /// <summary>A delegate that was abandoned may return a server after all, and no other code could end it then.</summary>
    private async Task DisposeLateAsync()
    {
        try
        {
            await run.DisposeReturnedAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            run.Errors.Add(e);
        }
    }
}
