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
internal sealed class Launch
{
    private readonly LaunchLife life = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<LaunchHandle> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LaunchOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LaunchRun? run;
    private volatile LaunchThread? thread;

    private Launch(LaunchBody body, LaunchOptions options, bool handlesSignals)
    {
        this.Name = options.Name;
        this.Program = body.Program;
        this.EndOfInput = options.RouteConsoleInput ? this.stopping.Token : CancellationToken.None;
        this.run = new(this, body, options, handlesSignals, this.life, this.stopping);
    }

    public string Name { get; }

    /// <summary>The whole program that it runs; null for a delegate.</summary>
    public EntryPoint? Program { get; }

    /// <summary>Writes nowhere after the end.</summary>
    public ILogger LoggerFor(IHost host) => this.run?.LoggerFor(host) ?? NullLogger.Instance;

    public LaunchState State => this.life.State;

    public AddressList Addresses { get; } = new();

    /// <summary>Empty before the launch thread has started, and after the end.</summary>
    public IReadOnlyList<IHost> Hosts => [.. this.run?.Hosts.Snapshot.Select(host => host.Host!) ?? []];

    /// <summary>The registry that detects the hosts which the launched code builds; null after the end.</summary>
    public AppHosts? AppHosts => this.run?.Hosts;

    /// <summary>The exceptions of its start; null after the end.</summary>
    public SeenErrors? SeenErrors => this.run?.SeenErrors;

    public CancellationToken Stopping => this.stopping.Token;

    /// <summary>Ends the reads of the console inside the launch.</summary>
    public CancellationToken EndOfInput { get; }

    /// <summary>Completes once the launch is ready, or fails once a failed start has been cleaned up.</summary>
    public Task<LaunchHandle> Started => this.started.Task;

    public Task<LaunchOutcome> Completion => this.completion.Task;

    /// <summary>Whether the caller runs inside of this launch: on its thread, or in a flow that began there.</summary>
    public bool IsInside => LaunchScope.CurrentLaunch == this || this.thread?.Context.IsCurrentThread == true;

    public SynchronizationContext SynchronizationContext => this.Thread.Context;

    /// <summary>The services of the launch host.</summary>
    public IServiceProvider Services =>
        (this.run is { } current ? LaunchScope.RunOutside(current.LaunchHost.GetServices) : null)
            ?? throw (this.life.Ending.IsCompleted ? LaunchErrors.Ended(this.Name) : LaunchErrors.NotStarted(this.Name));

    /// <summary>Whether it ended before it was ready, for another reason than that it was asked to stop.</summary>
    public bool StartWasGivenUp => this.life.Ending is { IsCompleted: true, Result.Exception: not null } && !this.life.HasBeenReady;

    private LaunchThread Thread => this.thread ?? throw LaunchErrors.NotStarted(this.Name);

    public static Launch Begin(LaunchBody body, LaunchOptions options, CancellationToken cancellationToken, bool handlesSignals = false)
    {
        var launch = new Launch(body, options, handlesSignals || options.HandleSignals);
        using (options.FlowExecutionContext ? default : ExecutionContextFlow.Suppress())
        {
            _ = Task.Run(() => launch.SuperviseAsync(cancellationToken), CancellationToken.None);
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

    public void RequestStop(string sentence) => this.life.TryEnd(EndCause.Stopped(sentence));

    /// <summary>Callers may connect from now on.</summary>
    public void BeReady() => this.run?.Events.OnReady();

    /// <summary>Called by the run once its thread exists.</summary>
    public void Attach(LaunchThread launchThread) => this.thread = launchThread;

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        var flow = new LaunchFlow(this.run!);
        await flow.StartAsync(cancellationToken).ConfigureAwait(false);
        if (this.life.HasBeenReady)
        {
            this.started.TrySetResult(new(this));
        }

        var outcome = await flow.EndAsync().ConfigureAwait(false);
        var cause = await this.life.Ending.ConfigureAwait(false);
        this.run = null;
        this.completion.TrySetResult(outcome);
        if (!this.life.HasBeenReady)
        {
            this.started.TrySetException(cause.Exception
                ?? new OperationCanceledException($"Launch '{this.Name}' was stopped before it was ready. {cause.Sentence}"));
        }
    }
}
