using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Supervising;

/// <summary>A launch of several runs, one after another. It passes on to the current run what concerns a run alone.</summary>
internal abstract class RelayLaunch(string name) : ILaunch
{
    public string Name { get; } = name;

    public abstract LaunchState State { get; }

    public abstract DateTimeOffset Since { get; }

    public abstract bool IsCrashing { get; }

    public IReadOnlyList<Uri> Addresses => this.Latest?.Addresses ?? [];

    public IReadOnlyList<IHost> Hosts => this.Latest?.Hosts ?? [];

    public IServiceProvider AppServices => this.Current.AppServices;

    public IServiceProvider LaunchServices => this.Current.LaunchServices;

    public SynchronizationContext SynchronizationContext => this.Current.SynchronizationContext;

    public abstract CancellationToken Stopping { get; }

    public abstract Task Started { get; }

    public abstract bool StartWasGivenUp { get; }

    public abstract Task<LaunchOutcome> Completion { get; }

    public abstract IReadOnlyList<LaunchOutcome> EarlierRuns { get; }

    public virtual bool IsDraining => false;

    public UnservedWork? UnservedWork => this.Latest?.UnservedWork;

    public virtual TimeSpan LongestStop => this.Latest?.LongestStop ?? TimeSpan.Zero;

    public int QueueLength => this.Latest?.QueueLength ?? 0;

    public abstract LogTail? LogTail { get; }

    public string? ThreadActivity => this.Latest?.ThreadActivity;

    public bool IsInside => this.Latest is { IsInside: true };

    /// <summary>The run that was begun last, ended or not; null before the first one.</summary>
    protected abstract ILaunch? Latest { get; }

    /// <exception cref="LaunchException">There is no run at this moment.</exception>
    private ILaunch Current => this.Latest switch
    {
        null => throw LaunchErrors.NotStarted(this.Name),
        { Completion.IsCompleted: true } when this.State == LaunchState.Restarting =>
            throw new LaunchException($"Launch '{this.Name}' has crashed and is to be started again. Its thread and services come with its next run."),
        var run => run,
    };

    public Task<T> InvokeAsync<T>(Func<Task<T>> function) => this.Current.InvokeAsync(function);

    public abstract void RequestStop(string sentence);

    public void EndGrace() => this.Latest?.EndGrace();

    public ILogger LoggerFor(IHost? host) => this.Latest?.LoggerFor(host) ?? NullLogger.Instance;

    public T? Part<T>()
        where T : class => this.Latest?.Part<T>();
}
