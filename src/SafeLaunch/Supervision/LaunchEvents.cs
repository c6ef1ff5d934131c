using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Reacts to what the delegate, the app hosts, the launch host and the context of a launch report.</summary>
internal sealed class LaunchEvents(LaunchRun run) : IContextObserver, IAppHostObserver
{
    /// <summary>How long the delegate has to handle the failed start of a host that it does not wait for by Run.</summary>
    private static readonly TimeSpan HandlingTime = TimeSpan.FromMilliseconds(250);

    private readonly ReturnWatch afterReturn = new(run);
    private int hasLoggedDepth;
    private int isWatchingStarts;

    /// <summary>Callers may connect from now on. All that the delegate has started may be over by then.</summary>
    public void OnReady()
    {
        run.Life.BeReady();
        this.afterReturn.Reconsider();
    }

    /// <summary>The delegate has ended without an error, its task included.</summary>
    public void OnDelegateReturned(object? result)
    {
        run.Returned.Keep(result);
        if (result is int exitCode and not 0)
        {
            run.End(EndCause.Crashed("Its program failed.", StartDiagnostics.ExitCode(run, exitCode)));
        }
        else
        {
            run.Life.Return();
            this.afterReturn.Reconsider();
        }
    }

    public void OnDelegateThrew(Exception exception) =>
        run.End(EndCause.Crashed(
            run.HasDelegateBegun ? "Its delegate threw."
                : run.LaunchHost.IsConfigured ? "Its launch host failed to start."
                : "It could not be started.",
            exception));

    public void OnHostBuilt()
    {
        if (Interlocked.Exchange(ref this.isWatchingStarts, 1) == 0)
        {
            _ = HostStartWatch.RunAsync(run);
        }
    }

    /// <summary>An exception has left the start of a host.</summary>
    /// <param name="failsIntoDelegate">Whether the delegate itself gets the exception, and decides.</param>
    public void OnHostFailed(bool failsIntoDelegate)
    {
        this.afterReturn.Reconsider();
        _ = this.ConcludeUnlessHandledAsync(failsIntoDelegate);
    }

    public void OnHostStarted(AppHost host)
    {
        run.Signals?.ComeFirst();
        if (host.IsBuiltBefore && run.Hosts.HasOverlay)
        {
            this.FailStart("A host was built too early.", StartDiagnostics.BuiltBefore(run.Name));
            return;
        }

        try
        {
            run.Options.AppHostStarted?.Invoke(run.Context, host.Host!);
        }
        catch (Exception e)
        {
            this.FailStart($"{nameof(LaunchOptions.OnAppHostStarted)} threw.", e);
            return;
        }

        // Code that starts a host by Start or StartAsync goes on: a service of another host has that start to end.
        if (host.Run != HostRun.None || !run.Hosts.IsAnyStarting)
        {
            this.BeReadyByHost();
        }
    }

    public void OnHostStopping(Exception? fault)
    {
        if (fault is not null)
        {
            run.End(EndCause.Crashed("A background service of a host that it runs failed.", fault));
        }
    }

    public void OnHostEnded(AppHost host)
    {
        if (host.FailedToStart)
        {
            this.OnHostFailed(host.FailsIntoDelegate);
        }
        else
        {
            this.afterReturn.Reconsider();
        }
    }

    public void OnHostStartedElsewhere() => this.afterReturn.Reconsider();

    public void OnLaunchHostStopping(Exception? fault)
    {
        if (fault is not null)
        {
            run.End(EndCause.Crashed("A background service of its launch host failed.", fault));
        }
        else
        {
            run.End(EndCause.Stopped("Its launch host was asked to stop."));
        }
    }

    public void OnCallbackThrew(Exception exception)
    {
        if (run.IsOfTheStop(exception))
        {
            return;
        }

        run.Logger.CallbackThrew(exception, run.Name);
        if (run.Options.UnhandledExceptions == UnhandledExceptionBehavior.StopLaunch)
        {
            run.End(EndCause.Crashed("Work posted to its synchronization context threw.", exception));
        }
    }

    public void OnPumpingWait() => run.Telemetry?.OnPumpingWait();

    public void OnPumpedTooDeep(int depth)
    {
        if (Interlocked.Exchange(ref this.hasLoggedDepth, 1) == 0)
        {
            run.Logger.PumpedTooDeep(run.Name, depth);
        }
    }

    public void OnWorkUnserved(TimeSpan waited)
    {
        var (activity, remedy) = UnservedWork.Describe(run.Thread!, run.Options.BlockingWaits);
        run.Logger.WorkUnserved(run.Name, waited, run.Thread!.Id, activity, remedy);
    }

    /// <summary>
    /// Fails the start for a host that failed to start, though the delegate goes on: code that has dropped the task of RunAsync
    /// would otherwise wait for nothing. Code that waits for that task, or is blocked in the start, goes on soon, and ends or builds another host.
    /// Where it leaves another host running, the launch is ready by that one.
    /// </summary>
    private async Task ConcludeUnlessHandledAsync(bool failsIntoDelegate)
    {
        if (run.Readiness is not null
            || await Task.WhenAny(run.DelegateEnded, run.Life.Ending).EndsWithinAsync(HandlingTime).ConfigureAwait(false))
        {
            return;
        }

        this.BeReadyByEarlierHost();
        if (!failsIntoDelegate && run.Life.State == LaunchState.Starting && !run.Hosts.IsAnyPending && !run.Hosts.IsAnyLive)
        {
            run.TryEndStart(StartDiagnostics.HostFailed(run));
        }
    }

    private void BeReadyByHost()
    {
        if (run.Readiness is null)
        {
            run.Life.BeReady();
        }
    }

    /// <summary>A host has started within the start of another one, which has failed since.</summary>
    private void BeReadyByEarlierHost()
    {
        if (run.Hosts.IsAnyLive && !run.Hosts.IsAnyStarting)
        {
            this.BeReadyByHost();
        }
    }

    private void FailStart(string sentence, Exception error)
    {
        if (!run.TryEndStart(EndCause.Crashed(sentence, error)))
        {
            run.Logger.LaterHostFailed(error, run.Name, sentence);
        }
    }
}
