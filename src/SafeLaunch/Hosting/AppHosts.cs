using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>The app hosts of one launch, in the order in which they were detected.</summary>
internal sealed class AppHosts : IDisposable
{
    private readonly object gate = new();
    private readonly IAppHostObserver observer;
    private readonly Func<bool> isOnThread;
    private readonly HostOverlay overlay;
    private volatile AppHost[] hosts = [];
    private volatile CapturedHost[] captured = [];
    private volatile bool isStopping;
    private volatile bool isDisposed;
    private volatile bool hasDroppedStarted;
    private volatile bool hasDroppedFailed;

    /// <param name="options">Applied on top of the hosts that the launch builds.</param>
    /// <param name="keepsConsole">Whether the hosts keep the lifetime that handles the signals of the console.</param>
    /// <param name="observer">Receives their starts and stops.</param>
    /// <param name="isOnThread">Whether the calling code runs on the launch thread.</param>
    /// <param name="logTail">Gets the log lines of the hosts besides; null for nothing.</param>
    public AppHosts(LaunchOptions options, bool keepsConsole, IAppHostObserver observer, Func<bool> isOnThread, LogTail? logTail)
    {
        this.observer = observer;
        this.isOnThread = isOnThread;
        this.overlay = new(options, keepsConsole, () => new(observer, isOnThread), logTail);
    }

    public IReadOnlyList<AppHost> Snapshot => this.hosts;

    public bool IsAnyPending => this.hosts.Any(host => host.IsPending) || this.captured.Any(host => host.IsStarting);

    public bool IsAnyStarting => this.hosts.Any(host => host.IsStarting) || this.captured.Any(host => host.IsStarting);

    public bool IsAnyLive => this.hosts.Any(host => host.IsLive);

    public bool HasAnyStarted => this.hasDroppedStarted || this.hosts.Any(host => host.HasStarted);

    public bool HasAnyFailedToStart => this.hasDroppedFailed || this.hosts.Any(host => host.FailedToStart) || this.captured.Any(host => host.FailedToStart);

    /// <summary>Whether the delegate captures hosts, which report nothing before they have started.</summary>
    public bool IsAnyCaptured => this.captured.Length > 0;

    /// <summary>Captured hosts whose start failed inside the launch and left them as they were.</summary>
    public IEnumerable<IHost> HalfStartedCaptured => this.captured.Where(host => host.IsHalfStarted).Select(host => host.Host);

    /// <summary>Whether the options change app hosts.</summary>
    public bool HasOverlay => this.overlay.HasEffect;

    public void OnBuilding(IHostBuilder builder) => this.overlay.Apply(builder);

    public void OnBuilt(IHost host)
    {
        // Not there if the builder has a container that drops the services that it does not know.
        var appHost = host.Services.GetService<AppHost>() ?? new(this.observer, this.isOnThread) { IsOutsideOfHost = true };
        appHost.Attach(host);
        appHost.Track();
        this.Add(appHost);
        this.StopIfLate(appHost);
    }

    /// <summary>Waits for a host that was built before the launch to be started inside it. A host that other code starts is not an app host of the launch.</summary>
    /// <param name="host">The host.</param>
    /// <param name="isInside">Whether the calling code runs inside the launch.</param>
    public void Expect(IHost host, Func<bool> isInside)
    {
        var watched = CapturedHost.TryWatch(host, started =>
        {
            if (!isInside())
            {
                this.observer.OnHostStartedElsewhere();
            }
            else if (!Array.Exists(this.hosts, known => known.Host == started))
            {
                var appHost = new AppHost(this.observer, this.isOnThread) { IsBuiltBefore = true, IsOutsideOfHost = true };
                appHost.Attach(started);
                this.Add(appHost);
                appHost.Track();
                this.StopIfLate(appHost);
            }
        });
        if (watched is null)
        {
            return;
        }

        lock (this.gate)
        {
            if (!this.isDisposed)
            {
                this.captured = [.. this.captured, watched];
                return;
            }
        }

        watched.Dispose();
    }

    /// <summary>An exception has left the start of a host inside the launch.</summary>
    /// <returns>Whether a start was going on, and which of the app hosts it was.</returns>
    public (bool IsKnown, AppHost? Host) OnStartFailed()
    {
        // Other code may be starting a captured host meanwhile.
        var host = Array.FindLast(this.hosts, host => host.IsStarting);
        if (host is null && Array.Find(this.captured, captured => captured.IsStarting) is { } captured)
        {
            captured.OnStartFailed();
            return (IsKnown: true, null);
        }

        // A lifetime of the app may have failed before the start was observed.
        host ??= Array.FindLast(this.hosts, host => !host.HasStarted && !host.FailedToStart);
        host?.OnStartFailed();
        return (host is not null, host);
    }

    /// <summary>Looks for hosts whose code has disposed of them without a stop.</summary>
    public void EndDisposed()
    {
        foreach (var host in this.hosts)
        {
            host.EndIfDisposed();
        }
    }

    /// <summary>Asks all hosts to stop, the newest first. Runs callbacks that the app has registered, which may block.</summary>
    public void StopApplications()
    {
        AppHost[] asked;

        // A host is either among these, or is added later and sees that it is late.
        lock (this.gate)
        {
            this.isStopping = true;
            asked = this.hosts;
        }

        for (var i = asked.Length - 1; i >= 0; i--)
        {
            asked[i].StopApplication();
        }
    }

    /// <summary>Ends the watch of the captured hosts.</summary>
    public void Dispose()
    {
        CapturedHost[] watched;
        lock (this.gate)
        {
            this.isDisposed = true;
            watched = this.captured;
            this.captured = [];
        }

        foreach (var host in watched)
        {
            host.Dispose();
        }
    }

    /// <summary>A program may build one host after another, as many as it likes: those that it has disposed of are kept no longer than to the next.</summary>
    private void Add(AppHost host)
    {
        lock (this.gate)
        {
            AppHost[] dropped = [.. this.hosts.Where(known => known.Disposed.IsCompleted && known.Ended.IsCompleted)];
            this.hasDroppedStarted |= Array.Exists(dropped, known => known.HasStarted);
            this.hasDroppedFailed |= Array.Exists(dropped, known => known.FailedToStart);
            this.hosts = [.. this.hosts.Except(dropped), host];
        }
    }

    /// <summary>A host that comes during the stop of the others would otherwise block in its Run for good.</summary>
    private void StopIfLate(AppHost host)
    {
        if (this.isStopping)
        {
            host.StopApplication();
        }
    }
}
