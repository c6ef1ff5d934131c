using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <content>What the launch hears from its context and from its hosts.</content>
internal sealed partial class Launch : IContextObserver, IHostObserver
{
    private int hasLoggedDepth;

    public void OnCallbackThrew(Exception exception)
    {
        if (this.IsOfTheStop(exception))
        {
            return;
        }

        this.logger.CallbackThrew(exception, this.Name);
        if (this.options.UnhandledExceptions == UnhandledExceptions.StopLaunch)
        {
            this.End(Ending.Crashed("Work posted to its context threw.", exception));
        }
    }

    public void OnPumpedTooDeep(int depth)
    {
        if (Interlocked.Exchange(ref this.hasLoggedDepth, 1) == 0)
        {
            this.logger.PumpedTooDeep(this.Name, depth);
        }
    }

    public void OnWorkUnserved(TimeSpan waited) =>
        this.logger.WorkUnserved(this.Name, waited, this.thread?.Id ?? 0, this.options.BlockingWaits == BlockingWaits.Pump
            ? "It waits under another synchronization context or none, waits for a lock, sleeps, runs a loop, or computes; let it await, or wait under the launch's synchronization context."
            : $"It waits, which serves nothing with {nameof(BlockingWaits)}.{nameof(BlockingWaits.Block)}, or sleeps, runs a loop, or computes; let it await.");

    public void OnHostStarted(LaunchedHost host)
    {
        this.signals?.ComeFirst();
        if (host.IsBuiltBefore && this.hosts!.HasOverlay)
        {
            this.FailStart("A host was built too early.", new LaunchException($"Launch '{this.Name}': the host that its delegate runs was built before the launch, where neither {nameof(LaunchOptions.Configuration)} nor {nameof(LaunchOptions.ConfigureAppHost)}, and so neither UseLoopback nor UseUrls, can reach it. Build it inside of the delegate, or leave them out."));
            return;
        }

        try
        {
            this.options.AppHostStarted?.Invoke(this.context, host.Host!);
        }
        catch (Exception e)
        {
            this.FailStart($"{nameof(LaunchOptions.OnAppHostStarted)} threw.", e);
            return;
        }

        if (this.options.ReadyWhen is null)
        {
            this.OnReady();
        }
    }

    public void OnHostStopping(IHost host)
    {
        if (HostFault.Find(host) is { } fault)
        {
            this.End(Ending.Crashed("A background service of a host that it runs failed.", fault));
        }
    }

    public void OnHostEnded() => this.Reconsider();

    private void FailStart(string reason, Exception error)
    {
        if (!this.EndUnlessReady(Ending.Crashed(reason, error)))
        {
            this.logger.LaterHostFailed(error, this.Name, reason);
        }
    }

    private void OnOwnHostStopping(IHost host)
    {
        if (this.ending.Task.IsCompleted && !this.hasDelegateBegun)
        {
            // It has not started, perhaps since a service could not be made; to ask for its services would make that anew.
            return;
        }

        if (HostFault.Find(host) is { } fault)
        {
            this.End(Ending.Crashed("A background service of its own host failed.", fault));
        }
        else
        {
            this.RequestStop("Its own host was asked to stop.");
        }
    }
}
