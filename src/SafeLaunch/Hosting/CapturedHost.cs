using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>
/// A host that was built before the launch and that its delegate captures. It can only be watched from outside: its tokens
/// say that it has started, its fields that a start has begun. Where that start began, inside the launch or elsewhere, is known
/// only once it has started, or once its exception has been seen inside.
/// </summary>
internal sealed class CapturedHost : IDisposable
{
    private readonly Func<bool> hasStartBegun;
    private readonly bool wasStartedBefore;
    private readonly CancellationToken started;
    private readonly CancellationTokenRegistration onStarted;
    private volatile bool failedInside;

    private CapturedHost(IHost host, IHostApplicationLifetime lifetime, Action<IHost> onStarted)
    {
        this.Host = host;
        var unwrapped = HostedServices.Unwrap(host);
        this.hasStartBegun = () => HostedServices.Of(unwrapped) is not null;
        this.started = lifetime.ApplicationStarted;
        this.wasStartedBefore = this.started.IsCancellationRequested || this.hasStartBegun();
        if (this.wasStartedBefore)
        {
            return;
        }

        // Called without the execution context of this flow, and so in that of the code that starts the host.
        using (ExecutionContextFlow.Suppress())
        {
            this.onStarted = this.started.Register(() => onStarted(host));
        }
    }

    public IHost Host { get; }

    /// <summary>Whether its start has begun since the launch began, and has not ended.</summary>
    public bool IsStarting => !this.wasStartedBefore && !this.failedInside && !this.started.IsCancellationRequested && this.hasStartBegun();

    /// <summary>A start that was tried again, and succeeded, counts.</summary>
    public bool FailedToStart => this.failedInside && !this.started.IsCancellationRequested;

    /// <summary>Whether its failed start left it as it was, with a server that may have bound.</summary>
    public bool IsHalfStarted => this.FailedToStart && !HostDisposal.HasHappened(this.Host);

    /// <summary>
    /// Null for a host that is over, or has no services, such as a test double: a closure also holds those, and the delegate need not use them.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="onStarted">Called when it has started, on the thread and in the execution context of the code that starts it.</param>
    public static CapturedHost? TryWatch(IHost host, Action<IHost> onStarted)
    {
        try
        {
            return host.Services?.GetService<IHostApplicationLifetime>() is { } lifetime ? new(host, lifetime, onStarted) : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>An exception has left the start of a host inside the launch.</summary>
    public void OnStartFailed()
    {
        if (this.IsStarting)
        {
            this.failedInside = true;
        }
    }

    /// <summary>
    /// Ends the watch: a host that is never run must keep no launch alive. Does not wait for a callback that runs, in which
    /// launched code may be stuck.
    /// </summary>
    public void Dispose() => this.onStarted.EndWithoutWaiting();
}
