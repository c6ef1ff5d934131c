using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Runs the launch host and the delegate of a launch on the launch thread.</summary>
internal sealed class DelegateRun(LaunchRun run) : Invocation
{
    /// <summary>Two for a continuation that is queued and posts its exception, one more for a method that it had awaited.</summary>
    private const int Trips = 3;

    /// <summary>Its end is reported to the events of the launch.</summary>
    public void Begin() => run.Thread!.Context.Post(Callback, this);

    /// <summary>The launch has ended before its delegate began.</summary>
    public override void Reject(Exception exception)
    {
        run.Events.OnDelegateThrew(exception);
        run.EndDelegate();
    }

    protected override void Run() => _ = this.RunOnThreadAsync();

    /// <summary>All that the launch thread does for the start, in one visit. Never fails.</summary>
    private async Task RunOnThreadAsync()
    {
        try
        {
            await this.RunCoreAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            run.Events.OnDelegateThrew(e);
        }

        run.EndDelegate();
    }

    private async Task RunCoreAsync()
    {
        this.WatchCapturedHosts();
        await this.StartLaunchHostAsync().ConfigureAwait(true);

        // Here, since the logger may be that of the launch host.
        if (run.Options.BlockingWaits == BlockingWaitBehavior.Pump)
        {
            run.FlowLog.Write(logger => WaitNotification.Current.Warn(logger, run.Name));
        }

        if (run.Life.Ending.IsCompleted)
        {
            return;
        }

        run.NoteDelegateBegun();
        if (run.Readiness is not null)
        {
            _ = this.WatchReadinessAsync();
        }

        var result = await run.Call.RunAsync(run.Context).ConfigureAwait(false);
        run.NoteDelegateReturned();
        await this.RunQueuedAsync().ConfigureAwait(false);
        run.Events.OnDelegateReturned(result);
        if (run.Life.State == LaunchState.Ended)
        {
            await run.Returned.DisposeLateAsync().ConfigureAwait(false);
        }
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

        if (!LaunchHost.RunsOnThread(host))
        {
            run.FlowLog.Write(logger => logger.ContainerReplaced(run.Name));
        }

        await run.LaunchHost.StartAsync(host, run.Stopping).ConfigureAwait(true);
    }

    /// <summary>An async void method of a whole program may have failed before Main returned: its exception is in the queue, and is the cause.</summary>
    private async Task RunQueuedAsync()
    {
        var context = run.Thread!.Context;
        for (var trip = 0; run.Call.Program is not null && trip < Trips; trip++)
        {
            var queued = context.InvokeAsync(() => Task.FromResult(true));
            queued.Forget();

            // It fails where the launch has ended meanwhile.
            await Task.WhenAny(queued).ConfigureAwait(false);
        }
    }

    private void WatchCapturedHosts()
    {
        foreach (var captured in run.Call.CapturedHosts)
        {
            run.Hosts.Expect(captured, isInside: () => LaunchScope.Current == run.Scope);
        }

        if (run.Hosts.IsAnyCaptured)
        {
            run.Events.OnHostBuilt();
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
                run.Events.OnReady();
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
}
