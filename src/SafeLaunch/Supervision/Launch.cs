using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>
/// One launch as its handle and its context see it. The parts that it needs to run are in <see cref="LaunchRun"/>, which it drops at its
/// end: a handle that is kept keeps no host and no service alive.
/// </summary>
internal sealed class Launch : ILaunch
{
    private readonly LaunchLife life = new();
    private readonly Grace grace = new();
    private readonly AddressList addresses = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LaunchOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<Type, ILaunchPart> parts;
    private readonly Action<IReadOnlyList<Uri>>? onAddressesAdded;
    private volatile LaunchRun? run;
    private volatile LaunchThread? thread;

    private Launch(LaunchCall call, LaunchOptions options, StartRequest request)
    {
        this.Name = options.Name;
        this.parts = options.Parts;
        this.onAddressesAdded = request.OnAddressesAdded;
        this.Program = call.Program;
        this.EndOfInput = options.RouteConsoleInput ? this.stopping.Token : CancellationToken.None;
        this.EarlierAddresses = new(request.EarlierAddresses);
        this.LongestStop = options.StopTimeout + StopTimes.Margin;
        this.LogTail = options.KeepLogLines ? LogTail.Opened(request.LogTail) : request.LogTail;
        this.run = new(this, call, options, request.HandlesSignals || options.HandleSignals, this.life, this.grace, this.stopping);
    }

    public string Name { get; }

    /// <summary>The whole program that it runs; null for a delegate.</summary>
    public EntryPoint? Program { get; }

    /// <summary>The addresses of an earlier run that are still to be had again; each is taken once.</summary>
    public ConcurrentQueue<Uri> EarlierAddresses { get; }

    /// <summary>Writes nowhere after the end.</summary>
    public ILogger LoggerFor(IHost? host) => this.run?.LoggerFor(host) ?? NullLogger.Instance;

    public LaunchState State => this.life.State;

    public bool HasBeenReady => this.life.HasBeenReady;

    public DateTimeOffset Since => this.life.Since;

    public bool IsCrashing => this.life.Ending is { IsCompleted: true, Result.Kind: LaunchOutcomeKind.Crashed };

    public IReadOnlyList<Uri> Addresses => this.addresses.Snapshot;

    public IReadOnlyList<IHost> Hosts => [.. this.run?.Hosts.Snapshot.Select(host => host.Host!) ?? []];

    /// <summary>The registry that detects the hosts which the launched code builds; null after the end.</summary>
    public AppHosts? AppHosts => this.run?.Hosts;

    /// <summary>The exceptions of its start; null after the end.</summary>
    public StartErrors? StartErrors => this.run?.StartErrors;

    public CancellationToken Stopping => this.stopping.Token;

    /// <summary>Ends the reads of the console inside the launch.</summary>
    public CancellationToken EndOfInput { get; }

    public Task Started => this.started.Task;

    /// <summary>Completes with the cause when it begins to end.</summary>
    public Task<EndCause> Ending => this.life.Ending;

    public Task<LaunchOutcome> Completion => this.completion.Task;

    public IReadOnlyList<LaunchOutcome> EarlierRuns => [];

    public TimeSpan LongestStop { get; }

    public int QueueLength => this.thread?.Context.QueueLength ?? 0;

    public LogTail? LogTail { get; }

    public bool IsInside => LaunchScope.CurrentLaunch == this || this.thread?.Context.IsCurrentThread == true;

    public bool IsDraining => false;

    public UnservedWork? UnservedWork => this.thread?.Context is { UnservedFor: { } waited } context ? new(context.QueueLength, waited) : null;

    public string? ThreadActivity => this is { run: { } current, thread: { } its }
        ? $"{this.Name} ({its.Id}) {Supervision.ThreadActivity.Of(its, current.Options.BlockingWaits)}"
        : null;

    public SynchronizationContext SynchronizationContext => this.Thread.Context;

    public IServiceProvider LaunchServices =>
        (this.run is { } current ? LaunchScope.RunOutside(current.LaunchHost.GetServices) : null)
            ?? throw this.NoThread();

    public IServiceProvider AppServices => this.Hosts is [var host, ..]
        ? host.Services
        : throw (this.Completion.IsCompleted ? LaunchErrors.Ended(this.Name) : LaunchErrors.NoAppHost(this.Name));

    public bool StartWasGivenUp => this.life.Ending is { IsCompleted: true, Result.Exception: not null } && !this.life.HasBeenReady;

    private LaunchThread Thread => this.thread ?? throw this.NoThread();

    private LaunchException NoThread() => this.life.Ending.IsCompleted ? LaunchErrors.Ended(this.Name) : LaunchErrors.NotStarted(this.Name);

    public static Launch Begin(LaunchCall call, LaunchOptions options, StartRequest request)
    {
        var launch = new Launch(call, options, request);
        launch.run!.Telemetry?.Begin();
        using (options.FlowExecutionContext ? default : ExecutionContextFlow.Suppress())
        {
            _ = Task.Run(() => launch.SuperviseAsync(request.CancellationToken), CancellationToken.None);
        }

        return launch;
    }

    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        this.Thread.Context.ThrowIfGone();
        return this.Thread.Context.InvokeAsync(() =>
        {
            this.run?.Scope.Enter();
            return function();
        });
    }

    public T? Part<T>()
        where T : class => this.parts.TryGetValue(typeof(T), out var part) ? (T)part : null;

    public void AddAddresses(IEnumerable<Uri> more)
    {
        if (this.addresses.Add(more))
        {
            this.onAddressesAdded?.Invoke(this.Addresses);
        }
    }

    public void RequestStop(string sentence) => this.life.TryEnd(EndCause.Stopped(sentence));

    public void EndGrace() => this.grace.End();

    public void End(EndCause cause) => this.run?.End(cause);

    public void NoteKill(string sentence) => this.run?.NoteKill(sentence);

    /// <summary>Callers may connect from now on.</summary>
    public void BeReady() => this.run?.Events.OnReady();

    /// <summary>A launch inside of it is ready, for whose end its delegate waits.</summary>
    public void BeReadyByInner()
    {
        if (this.run is { Readiness: null } current)
        {
            current.Events.OnReady();
        }
    }

    /// <summary>Called by the run once its thread exists.</summary>
    public void Attach(LaunchThread launchThread) => this.thread = launchThread;

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        var flow = new LaunchFlow(this.run!);
        await flow.StartAsync(cancellationToken).ConfigureAwait(false);
        if (this.life.HasBeenReady)
        {
            this.started.TrySetResult(true);
        }

        var outcome = await flow.EndAsync().ConfigureAwait(false);
        var cause = await this.life.Ending.ConfigureAwait(false);
        this.run = null;
        this.completion.TrySetResult(outcome);
        if (!this.life.HasBeenReady)
        {
            this.started.TrySetException(StartDiagnostics.ErrorOf(this.Name, cause));
        }
    }
}
