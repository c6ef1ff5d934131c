using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>
/// One host that launched code builds, tracked from the inside: as a service of that host it observes the start and the stop,
/// and is disposed of with the host.
/// </summary>
/// <remarks>
/// How its start goes on, and what follows from that. Once it has ended, it is neither pending, starting nor live, and needs no stop:
/// <code>
/// Start                    IsPending    IsStarting    IsLive    NeedsStop    FailedToStart
/// None                     built        no            no        no           no
/// Begun                    yes          yes           no        yes          once it has ended
/// Failed                   no           no            no        yes          yes
/// Succeeded                no           no            yes       yes          no
/// </code>
/// A start goes only forward, and one that is tried again may still succeed.
/// </remarks>
/// <param name="observer">Receives the starts and stops.</param>
/// <param name="isOnThread">Whether the calling code runs on the launch thread.</param>
internal sealed class AppHost(IAppHostObserver observer, Func<bool> isOnThread) : IHostedLifecycleService, IDisposable
{
    private readonly TaskCompletionSource<bool> stopBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHostApplicationLifetime? lifetime;
    private StopObserver? stopObserver;
    private volatile IHost? host;
    private int start;
    private int asked;

    /// <summary>Whether it was built before the launch, so that the launch could not configure it.</summary>
    public bool IsBuiltBefore { get; init; }

    /// <summary>Whether the host does not have it as a service, and so does not dispose of it.</summary>
    public bool IsOutsideOfHost { get; init; }

    /// <summary>Null until it is built.</summary>
    public IHost? Host => this.host;

    /// <summary>How the code that started it goes on.</summary>
    public HostRun Run { get; private set; }

    public bool HasStarted => this.Start == HostStart.Succeeded;

    /// <summary>Completes when StopAsync of the host has been called, not when the host is only asked to stop.</summary>
    public Task StopBegun => this.stopBegun.Task;

    public Task Ended => this.ended.Task;

    public bool IsPending => this.host is not null && this.Start is HostStart.None or HostStart.Begun && !this.ended.Task.IsCompleted;

    public bool IsStarting => this.Start == HostStart.Begun && this.IsPending;

    public bool IsLive => this.HasStarted && !this.ended.Task.IsCompleted;

    public bool FailedToStart => this.Start switch
    {
        HostStart.Begun => this.ended.Task.IsCompleted,
        HostStart.Failed => true,
        _ => false,
    };

    /// <summary>Whether the delegate itself gets the exception of the start: it is blocked in Run or Start on the launch thread.</summary>
    public bool FailsIntoDelegate { get; private set; }

    /// <summary>Whether a start began that no stop has ended.</summary>
    public bool NeedsStop => this.Start != HostStart.None && !this.ended.Task.IsCompleted;

    public Task Disposed => this.disposed.Task;

    private HostStart Start => (HostStart)Volatile.Read(ref this.start);

    /// <summary>The host is built. From here on it can be asked to stop.</summary>
    public void Attach(IHost built)
    {
        this.lifetime = built.Services.GetRequiredService<IHostApplicationLifetime>();
        this.stopObserver = new(built, observer.OnHostStopping);
        this.host = built;
    }

    /// <summary>Reports to the observer, at once where the host has started already.</summary>
    public void Track()
    {
        this.lifetime!.ApplicationStarted.Register(this.OnStarted);
        this.stopObserver!.Observe();
        observer.OnHostBuilt();
        this.lifetime.ApplicationStopped.Register(this.End);
    }

    /// <summary>
    /// Asks the host to stop, unless it has ended. Code that is blocked in its Run then stops it. Only the first call asks: callbacks of the
    /// app may still run in it, and a second would wait for them.
    /// </summary>
    public void StopApplication()
    {
        if (this.ended.Task.IsCompleted || Interlocked.Exchange(ref this.asked, 1) == 1)
        {
            return;
        }

        this.EndIfDisposed();
        if (!this.ended.Task.IsCompleted)
        {
            this.lifetime!.StopApplication();
        }
    }

    /// <summary>Looks whether its code has disposed of it without a stop: a host that does not have it as a service does not tell it.</summary>
    public void EndIfDisposed()
    {
        if (this.IsOutsideOfHost && !this.ended.Task.IsCompleted && HostDisposal.HasHappened(this.host!))
        {
            this.Dispose();
        }
    }

    /// <summary>Called in a start of the host, on the thread that starts it, as early as it can be.</summary>
    public void OnStarting()
    {
        if (this.Start != HostStart.None)
        {
            return;
        }

        (this.Run, var isBlocked) = HostRunFinder.Find();
        this.FailsIntoDelegate = isBlocked && isOnThread();
        this.Advance(HostStart.Begun);
    }

    /// <summary>An exception has left the start.</summary>
    public void OnStartFailed() => this.Advance(HostStart.Failed);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Later than the lifetime would call it, where the app has its own.
        this.OnStarting();
        this.stopObserver?.Observe();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A legacy web host calls nothing before this.
        this.OnStarting();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        this.stopBegun.TrySetResult(true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => this.StoppingAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        this.disposed.TrySetResult(true);
        this.End();
    }

    private void OnStarted()
    {
        this.OnStarting();
        this.stopObserver!.OnStarted();
        this.Advance(HostStart.Succeeded);
        observer.OnHostStarted(this);
    }

    private void End()
    {
        this.stopBegun.TrySetResult(true);
        if (this.ended.TrySetResult(true))
        {
            observer.OnHostEnded(this);
        }
    }

    private void Advance(HostStart next)
    {
        int current;
        do
        {
            current = Volatile.Read(ref this.start);
        }
        while (current < (int)next && Interlocked.CompareExchange(ref this.start, (int)next, current) != current);
    }
}
