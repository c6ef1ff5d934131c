using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SafeLaunch.Hosting;
using SafeLaunch.Readiness;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>The parts of one launch while it runs, and the few facts that its start, its events and its stop share.</summary>
internal sealed class LaunchRun
{
    private const string LoggerCategory = "SafeLaunch.Launcher";

    private readonly Launch launch;
    private readonly CancellationTokenSource stopping;
    private readonly TaskCompletionSource<bool> delegateEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private object? returned;
    private volatile LaunchThread? thread;
    private volatile bool hasDelegateBegun;
    private volatile bool wasInterrupted;

    public LaunchRun(Launch launch, LaunchBody body, LaunchOptions options, bool handlesSignals, LaunchLife life, CancellationTokenSource stopping)
    {
        this.launch = launch;
        this.stopping = stopping;
        this.Body = body;
        this.Options = options;
        this.HandlesSignals = handlesSignals;
        this.Life = life;
        this.Scope = new(launch);
        this.Context = new(launch);
        this.Logger = new(options.LoggerFactory?.CreateLogger(LoggerCategory));
        this.Errors = new(error => this.Logger.ErrorWhileEnding(error, options.Name));
        this.Events = new(this);
        this.Hosts = new(options, keepsConsole: handlesSignals, this.Events, isOnThread: () => this.thread?.Context.IsCurrentThread == true);
        this.LaunchHost = new(options, this.Events.OnLaunchHostStopping);
        this.Readiness = options.ReadyWhen is { } readyWhen ? new(this.Context, readyWhen, this.DelegateEnded) : null;
    }

    public string Name => this.Options.Name;

    public LaunchBody Body { get; }

    public LaunchOptions Options { get; }

    public bool HandlesSignals { get; }

    public LaunchLife Life { get; }

    public LaunchScope Scope { get; }

    public LaunchContext Context { get; }

    public ShieldedLogger Logger { get; }

    /// <summary>The errors that the launch meets while it ends.</summary>
    public ErrorList Errors { get; }

    public SeenErrors SeenErrors { get; } = new();

    public LaunchEvents Events { get; }

    public AppHosts Hosts { get; }

    public LaunchHost LaunchHost { get; }

    /// <summary>Null unless ReadyWhen is set.</summary>
    public ReadinessWatch? Readiness { get; }

    public Signals? Signals { get; set; }

    public Stopwatch Clock { get; } = Stopwatch.StartNew();

    public IReadOnlyList<Uri> Addresses => this.launch.Addresses.Snapshot;

    public CancellationToken Stopping => this.stopping.Token;

    /// <summary>Null until the launch thread has been made.</summary>
    public LaunchThread? Thread => this.thread;

    /// <summary>Whether the launch host has started and the delegate has been called.</summary>
    public bool HasDelegateBegun => this.hasDelegateBegun;

    /// <summary>Completes when the delegate has ended in any way, its task included.</summary>
    public Task DelegateEnded => this.delegateEnded.Task;

    /// <summary>Whether the stop has interrupted the launch thread.</summary>
    public bool WasInterrupted => this.wasInterrupted;

    /// <summary>Whether the delegate returned a server that the stop disposes of. An app host counts as a host.</summary>
    public bool HoldsServer => Volatile.Read(ref this.returned) is { } server && Disposal.IsNeeded(server) && server is not IHost;

    public void CreateThread()
    {
        this.thread = new(this.Name, this.Options.BlockingWaits == BlockingWaits.Pump, this.Events, new(this.Name, this.Logger), this.Options.WorkMayWait);
        this.launch.Attach(this.thread);
    }

    public void BeginDelegate() => this.hasDelegateBegun = true;

    public void EndDelegate() => this.delegateEnded.TrySetResult(true);

    public void KeepReturned(object? result) => Volatile.Write(ref this.returned, result);

    /// <summary>Disposes of the server that the delegate returned, on the thread pool. Does nothing the second time.</summary>
    public Task DisposeReturnedAsync()
    {
        var server = Interlocked.Exchange(ref this.returned, null);
        return Disposal.IsNeeded(server) ? Task.Run(() => Disposal.DisposeAsync(server)) : Task.CompletedTask;
    }

    /// <summary>A delegate that was abandoned may return a server after all, and no other code could end it then.</summary>
    public async Task DisposeLateAsync()
    {
        try
        {
            await this.DisposeReturnedAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            this.Errors.Add(e);
        }
    }

    public Task CancelStoppingAsync() => this.stopping.CancelElsewhereAsync();

    public void Interrupt() => this.wasInterrupted = true;

    /// <summary>Logs through the launch host from now on.</summary>
    public void UseLogger(ILoggerFactory factory) => this.Logger.Target = factory.CreateLogger(LoggerCategory);

    public ILogger LoggerFor(IHost host) =>
        this.Logger.IsSilent && host.Services.GetService<ILoggerFactory>() is { } factory ? factory.CreateLogger(LoggerCategory) : this.Logger;

    /// <summary>A context may be kept for long after the end, and must not keep the launch host by its logger.</summary>
    public void ReleaseLogger()
    {
        if (this.Options.LoggerFactory is null)
        {
            this.Logger.Target = NullLogger.Instance;
        }
    }

    /// <summary>Ends the launch for the first cause given. An error that comes later is kept beside it.</summary>
    public void End(EndCause cause)
    {
        if (!this.Life.TryEnd(cause) && cause.Exception is { } exception && !this.IsOfTheStop(exception))
        {
            this.Errors.Add(exception);
        }
    }

    /// <summary>Fails the start. False if the launch has been ready.</summary>
    public bool TryEndStart(EndCause cause)
    {
        if (this.Life.TryEndStart(cause))
        {
            return true;
        }

        if (this.Life.HasBeenReady)
        {
            return false;
        }

        this.End(cause);
        return true;
    }

    /// <summary>Whether an exception is only what the stop itself causes in the launched code.</summary>
    public bool IsOfTheStop(Exception exception) => exception switch
    {
        OperationCanceledException => this.stopping.IsCancellationRequested,
        ThreadInterruptedException => this.wasInterrupted,
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.All(this.IsOfTheStop),
        _ => false,
    };
}
