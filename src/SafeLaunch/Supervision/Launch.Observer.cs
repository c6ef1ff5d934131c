using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <content>What the launch hears from its context and from its hosts.</content>
internal sealed partial class Launch : IContextObserver, IHostObserver
{
    private int hasLoggedLatePost;
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

    public void OnPostedLate()
    {
        if (Interlocked.Exchange(ref this.hasLoggedLatePost, 1) == 0)
        {
            this.logger.PostedLate(this.Name);
        }
    }

    public void OnPumpedTooDeep(int depth)
    {
        if (Interlocked.Exchange(ref this.hasLoggedDepth, 1) == 0)
        {
            this.logger.PumpedTooDeep(this.Name, depth);
        }
    }

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

    public Exception CreateGoneException() =>
        new LaunchException($"Launch '{this.Name}' has ended, and its thread with it. Start it again to get a new one; Completion holds its outcome.");

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
