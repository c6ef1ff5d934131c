using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>
/// One launch: its state, and the door through which it hears of everything that happens to it. What it does about that is
/// one flow on the thread pool, in the other parts of this class: start, wait, stop.
/// </summary>
internal sealed partial class Launch
{
    private readonly object gate = new();
    private readonly LaunchBody body;
    private readonly LaunchOptions options;
    private readonly bool handlesSignals;
    private readonly LaunchContext context;
    private readonly LaunchScope scope;
    private readonly ShieldedLogger logger;
    private readonly ErrorList errors;
    private readonly AfterEnd afterEnd;
    private readonly OwnHost ownHost;
    private readonly ReadinessWatch? readiness;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<bool> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Ending> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LaunchHandle> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LaunchOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LaunchState state;
    private bool hasBeenReady;
    private bool hasReturned;
    private bool wasReadyWhenReturned;

    private Launch(LaunchBody body, LaunchOptions options, bool handlesSignals)
    {
        this.body = body;
        this.options = options;
        this.handlesSignals = handlesSignals;
        this.context = new(this);
        this.scope = new(this);
        this.ownHost = new(options, this.OnOwnHostStopping);
        this.logger = new(options.LoggerFactory?.CreateLogger(LoggerCategory));
        this.afterEnd = new(options.Name, this.logger);
        this.readiness = options.ReadyWhen is { } readyWhen ? new(this.context, readyWhen, this.delegateEnded.Task) : null;
        this.errors = new(error => this.logger.ErrorWhileEnding(error, this.Name));
    }

    public string Name => this.options.Name;

    /// <summary>The whole program that it runs; null for a delegate.</summary>
    public EntryPoint? Program => this.body.Program;

    public LaunchState State
    {
        get
        {
            lock (this.gate)
            {
                return this.state;
            }
        }
    }

    public AddressList Addresses { get; } = new();

    public IReadOnlyList<IHost> Hosts => [.. this.LaunchedHosts.Select(launched => launched.Host!)];

    public CancellationToken Stopping => this.stopping.Token;

    /// <summary>Ends once the launch is ready, or fails once a failed start has been cleaned up.</summary>
    public Task<LaunchHandle> Started => this.started.Task;

    public Task<LaunchOutcome> Completion => this.completion.Task;

    /// <summary>Whether the caller runs inside of this launch: on its thread, or in a flow that began there.</summary>
    public bool IsInside => LaunchScope.Current == this.scope || this.thread?.Context.IsCurrentThread == true;

    public SynchronizationContext SynchronizationContext => this.Thread.Context;

    public IServiceProvider Services =>
        this.State == LaunchState.Ended
            ? throw this.afterEnd.CreateException()
            : LaunchScope.RunOutside(this.ownHost.GetServices) ?? throw (this.ending.Task.IsCompleted ? this.afterEnd.CreateException() : this.NotThatFarYet());

    /// <summary>Whether it ended before it was ready, for another reason than that it was asked to stop.</summary>
    public bool StartWasGivenUp => this.ending.Task is { IsCompleted: true, Result.Exception: not null } && !this.HasBeenReady;

    private IReadOnlyList<LaunchedHost> LaunchedHosts => this.hosts?.Snapshot ?? [];

    private LaunchThread Thread => this.thread ?? throw this.NotThatFarYet();

    private bool HasBeenReady
    {
        get
        {
            lock (this.gate)
            {
                return this.hasBeenReady;
            }
        }
    }

    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        this.Thread.Context.ThrowIfGone();
        return this.Thread.Context.InvokeAsync(() =>
        {
            this.scope.Enter();
            return function();
        });
    }

    public void RequestStop(string reason) => this.End(Ending.Stopped(reason));

    /// <summary>Something says that callers may connect.</summary>
    public void OnReady()
    {
        lock (this.gate)
        {
            if (this.state != LaunchState.Starting)
            {
                return;
            }

            this.state = LaunchState.Running;
            this.hasBeenReady = true;
        }

        this.ready.TrySetResult(true);
    }

    /// <summary>The delegate has ended without an error, its task included.</summary>
    private void OnDelegateReturned(object? result)
    {
        this.returned = result;
        if (this.State == LaunchState.Ended)
        {
            _ = this.DisposeLateAsync();
        }

        if (result is int exitCode and not 0)
        {
            this.End(Ending.Crashed("Its program failed.", new LaunchException(this.Program is not null
                ? $"Launch '{this.Name}': its program ended with exit code {exitCode}. Its own output says why."
                : $"Launch '{this.Name}': its delegate returned exit code {exitCode}. Its own output says why; or, if that number is no exit code, let the delegate return nothing.")));
        }
        else
        {
            lock (this.gate)
            {
                this.hasReturned = true;
                this.wasReadyWhenReturned = this.hasBeenReady;
            }

            this.Reconsider();
        }
    }

    private void OnDelegateThrew(Exception exception) =>
        this.End(Ending.Crashed(this.hasDelegateBegun ? "Its delegate threw." : "Its own host failed to start.", exception));

    /// <summary>What becomes of the launch once its delegate has returned, asked again whenever one of its hosts changes.</summary>
    private void Reconsider()
    {
        bool isReady, wasReady;
        lock (this.gate)
        {
            if (!this.hasReturned)
            {
                return;
            }

            isReady = this.hasBeenReady;
            wasReady = this.wasReadyWhenReturned;
        }

        if (!isReady)
        {
            this.ReconsiderReadiness();
        }
        else if (this.hosts?.IsAnyLive != true && !KeepsAlive(this.returned))
        {
            if (this.hosts?.HasAnyStarted == true)
            {
                this.End(Ending.Returned("Its delegate returned, and no host of it runs any longer."));
            }
            else if (wasReady)
            {
                this.End(Ending.Returned("Its delegate returned."));
            }
        }

        // A host that is returned lives as long as it runs, and is among the launched hosts.
        static bool KeepsAlive(object? returned) => Disposal.IsNeeded(returned) && returned is not IHost;
    }

    private void ReconsiderReadiness()
    {
        if (this.hosts?.IsAnyPending == true)
        {
            return;
        }

        if (this.hosts?.HasAnyFailedToStart == true)
        {
            this.End(Ending.Crashed("A host that it built failed to start.", new LaunchException($"Launch '{this.Name}': a host that it built failed to start, and its delegate returned all the same. Await the task of RunAsync, which holds the exception, or call Run.")));
        }
        else if (this.Program is not null)
        {
            this.End(Ending.Crashed("Its program ended too early.", new LaunchException($"Launch '{this.Name}': its program ended without ever being ready. Let it run a host, or set {nameof(LaunchOptions)}.{nameof(LaunchOptions.ReadyWhen)}.")));
        }
        else if (this.options.ReadyWhen is null)
        {
            this.OnReady();
        }
    }

    /// <summary>False if it has been ready.</summary>
    private bool EndUnlessReady(Ending reason)
    {
        lock (this.gate)
        {
            if (this.hasBeenReady)
            {
                return false;
            }

            // From here on it cannot become ready any more.
            this.BeginStoppingNeedsLock();
        }

        this.End(reason);
        return true;
    }

    /// <summary>Ends the launch for the first reason given. An error that comes later is kept beside that.</summary>
    private void End(Ending reason)
    {
        lock (this.gate)
        {
            this.BeginStoppingNeedsLock();
        }

        if (!this.ending.TrySetResult(reason) && reason.Exception is { } exception && !this.IsOfTheStop(exception))
        {
            this.errors.Add(exception);
        }
    }

    private void BeginStoppingNeedsLock()
    {
        if (this.state is LaunchState.Starting or LaunchState.Running)
        {
            this.state = LaunchState.Stopping;
        }
    }

    /// <summary>Whether an exception is only what the stop itself brings about in the launched code.</summary>
    private bool IsOfTheStop(Exception exception) => exception switch
    {
        OperationCanceledException => this.stopping.IsCancellationRequested,
        ThreadInterruptedException => this.wasInterrupted,
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.All(this.IsOfTheStop),
        _ => false,
    };

    private LaunchException NotThatFarYet() =>
        new($"Launch '{this.Name}' has no thread and no services yet. Use them from the launch delegate on, not before.");
}
