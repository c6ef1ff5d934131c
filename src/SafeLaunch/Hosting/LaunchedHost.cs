using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>
/// One host that launched code builds, followed from the inside: it is the last of that host's services, so that it hears of
/// a stop before the others and is disposed with the host, however the host is ended.
/// </summary>
internal sealed class LaunchedHost(IHostObserver observer) : IHostedLifecycleService, IDisposable
{
    private readonly TaskCompletionSource<bool> stopBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHostApplicationLifetime? lifetime;
    private volatile IHost? host;
    private volatile bool isStarting;
    private volatile bool hasStarted;
    private int hasBegunToStop;

    /// <summary>Whether it was built before the launch, where nothing can be laid over it.</summary>
    public bool IsBuiltBefore { get; init; }

    /// <summary>Null until it is built.</summary>
    public IHost? Host => this.host;

    public bool HasStarted => this.hasStarted;

    /// <summary>Ends when somebody stops the host, rather than only asking it to.</summary>
    public Task StopBegun => this.stopBegun.Task;

    public Task Ended => this.ended.Task;

    /// <summary>Built, and still to be started.</summary>
    public bool IsPending => this.host is not null && !this.hasStarted && !this.ended.Task.IsCompleted;

    public bool IsLive => this.hasStarted && !this.ended.Task.IsCompleted;

    /// <summary>Whether somebody began to start it, and it ended before it had started.</summary>
    public bool FailedToStart => this.isStarting && !this.hasStarted && this.ended.Task.IsCompleted;

    public void Follow(IHost built)
    {
        this.lifetime = built.Services.GetRequiredService<IHostApplicationLifetime>();
        this.host = built;
        this.lifetime.ApplicationStarted.Register(this.OnStarted);
        this.lifetime.ApplicationStopping.Register(this.OnStopping);
        this.lifetime.ApplicationStopped.Register(this.End);
    }

    /// <summary>Whoever is parked in its Run goes on to stop it.</summary>
    public void StopApplication() => this.lifetime?.StopApplication();

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        this.isStarting = true;

        // Once more, since what is registered last is called first: before the stop cancels the start, which then fails for
        // another reason than the one that it was stopped for.
        this.lifetime?.ApplicationStopping.Register(this.OnStopping);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        this.stopBegun.TrySetResult(true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => this.End();

    private void OnStarted()
    {
        this.hasStarted = true;
        observer.OnHostStarted(this);
    }

    private void OnStopping()
    {
        if (Interlocked.Exchange(ref this.hasBegunToStop, 1) == 0)
        {
            observer.OnHostStopping(this.host!);
        }
    }

    private void End()
    {
        this.stopBegun.TrySetResult(true);
        if (this.ended.TrySetResult(true))
        {
            observer.OnHostEnded();
        }
    }
}
