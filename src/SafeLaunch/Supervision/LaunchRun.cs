using System.Diagnostics;
using SafeLaunch.Hosting;
using SafeLaunch.Readiness;
using SafeLaunch.Telemetry;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>The parts of one launch while it runs, and the few facts that its start, its events and its stop share.</summary>
internal sealed partial class LaunchRun : IMeasuredLaunch
{
    private readonly Launch launch;
    private readonly CancellationTokenSource stopping;

    // The stop goes on where the delegate has ended.
    private readonly TaskCompletionSource<bool> delegateEnded = new();
    private volatile LaunchThread? thread;
    private volatile bool hasDelegateBegun;
    private volatile bool hasDelegateReturned;
    private volatile bool hasDelegateEnded;
    private volatile bool wasInterrupted;
    private volatile string? kill;

    public LaunchRun(Launch launch, LaunchCall call, LaunchOptions options, bool handlesSignals, LaunchLife life, Grace grace, CancellationTokenSource stopping)
    {
        this.launch = launch;
        this.stopping = stopping;
        this.Call = call;
        this.Options = options;
        this.HandlesSignals = handlesSignals;
        this.Life = life;
        this.Grace = grace;
        this.Scope = new(launch);
        this.Context = new(launch);
        this.Logger = new(options.LoggerFactory?.CreateLogger(LogCategories.Launch), launch.LogTail?.CreateLogger(LogCategories.Launch));
        this.FlowLog = new(this.Logger);
        this.Errors = new(error => this.FlowLog.Write(logger => logger.ErrorWhileEnding(error, options.Name)));
        this.Telemetry = TelemetrySwitch.IsOn ? new(this) : null;
        this.Returned = new(this.Errors);
        this.Events = new(this);
        this.Hosts = new(options, keepsConsole: handlesSignals, this.Events, isOnThread: () => this.thread?.Context.IsCurrentThread == true, launch.LogTail);
        this.LaunchHost = new(options, this.Events.OnLaunchHostStopping);
        this.Readiness = AllProbes.Of(options.Probes) is { } probe ? new(this.Context, probe, this.DelegateEnded) : null;
    }

    public string Name => this.Options.Name;

    public LaunchCall Call { get; }

    public LaunchOptions Options { get; }

    public bool HandlesSignals { get; }

    public LaunchLife Life { get; }

    public Grace Grace { get; }

    public LaunchScope Scope { get; }

    public LaunchContext Context { get; }

    /// <summary>For the lines of the launch thread and of events, where a logger may block launched code as it does anywhere.</summary>
    public ShieldedLogger Logger { get; }

    /// <summary>For the lines of the flow of the launch.</summary>
    public FlowLog FlowLog { get; }

    /// <summary>Null where metrics and traces are switched off.</summary>
    public LaunchTelemetry? Telemetry { get; }

    /// <summary>The errors that the launch meets while it ends.</summary>
    public ErrorList Errors { get; }

    public StartErrors StartErrors { get; } = new();

    public ReturnedServer Returned { get; }

    public LaunchEvents Events { get; }

    public AppHosts Hosts { get; }

    public LaunchHost LaunchHost { get; }

    /// <summary>Null unless ReadyWhen is set.</summary>
    public ReadinessWatch? Readiness { get; }

    public Signals? Signals { get; set; }

    public Stopwatch Clock { get; } = Stopwatch.StartNew();

    public IReadOnlyList<Uri> Addresses => this.launch.Addresses;

    public CancellationToken Stopping => this.stopping.Token;

    /// <summary>Null until the launch thread has been made.</summary>
    public LaunchThread? Thread => this.thread;

    /// <summary>Whether the launch host has started and the delegate has been called.</summary>
    public bool HasDelegateBegun => this.hasDelegateBegun;

    /// <summary>Whether the delegate, its task included, has returned. It has ended once the launch knows that.</summary>
    public bool HasDelegateReturned => this.hasDelegateReturned;

    /// <summary>Whether the delegate has ended in any way, its task included. <see cref="DelegateEnded"/> may take until a thread of the pool is free.</summary>
    public bool HasDelegateEnded => this.hasDelegateEnded;

    int IMeasuredLaunch.QueueLength => this.thread?.Context.QueueLength ?? 0;

    /// <summary>Completes when the delegate has ended in any way, its task included.</summary>
    public Task DelegateEnded => this.delegateEnded.Task;

    /// <summary>Whether the stop has interrupted the launch thread.</summary>
    public bool WasInterrupted => this.wasInterrupted;

    /// <summary>Why the process that it runs in was killed; null unless that happened.</summary>
    public string? KillSentence => this.kill;

    public void CreateThread()
    {
        this.thread = new(this.Name, this.Options.BlockingWaits == BlockingWaitBehavior.Pump, this.Events, new(this.Name, this.Logger), this.Options.UnservedWorkTimeout);
        this.launch.Attach(this.thread);
    }

    public void NoteDelegateBegun() => this.hasDelegateBegun = true;

    public void NoteDelegateReturned() => this.hasDelegateReturned = true;

    /// <summary>
    /// The stop goes on at once: on the launch thread if the delegate has ended there. Where the launch synchronization context is not the
    /// current one, launched code may be further down the stack, and the stop goes on on the thread pool.
    /// </summary>
    public void EndDelegate()
    {
        this.hasDelegateEnded = true;
        if (this.thread!.Context is { IsCurrentThread: true } context && SynchronizationContext.Current == context)
        {
            context.RunOwnCode(() => this.delegateEnded.TrySetResult(true));
        }
        else
        {
            ThreadPool.QueueUserWorkItem(static ended => ((TaskCompletionSource<bool>)ended!).TrySetResult(true), this.delegateEnded);
        }
    }

    void IMeasuredLaunch.OnListenerFailed(Exception error)
    {
        var name = this.Name;
        this.FlowLog.Write(logger => logger.TelemetryFailed(error, name));
    }

    public Task CancelStoppingAsync() => this.stopping.CancelElsewhereAsync();

    public void NoteInterrupt() => this.wasInterrupted = true;

    public void NoteKill(string sentence) => this.kill = sentence;

    /// <summary>
    /// A delegate that was abandoned goes on, and may load more of its program. Goes to the thread pool, since the program may have
    /// code that runs when it is unloaded, and the end of the launch does not wait for that.
    /// </summary>
    public void ReleaseProgram()
    {
        if (this.Call.ProgramRun is { } program)
        {
            var (name, logger) = (this.Name, this.Logger);
            _ = this.DelegateEnded.ContinueWith(
                _ => program.Release(name, logger),
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }
}
