using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>
/// A launch as its handle sees it: one run, or several runs one after another. <see cref="Launch"/> is one run in this process. The
/// other packages of SafeLaunch bring launches that consist of several, of which the core knows nothing.
/// </summary>
internal interface ILaunch
{
    string Name { get; }

    LaunchState State { get; }

    /// <summary>Since when it is in that state.</summary>
    DateTimeOffset Since { get; }

    /// <summary>Whether it ends, or has ended, because of an error.</summary>
    bool IsCrashing { get; }

    IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Empty before the launch thread has started, and after the end.</summary>
    IReadOnlyList<IHost> Hosts { get; }

    IServiceProvider AppServices { get; }

    IServiceProvider LaunchServices { get; }

    SynchronizationContext SynchronizationContext { get; }

    CancellationToken Stopping { get; }

    /// <summary>Ends once it is ready, or fails once a failed start has been cleaned up.</summary>
    Task Started { get; }

    /// <summary>Whether it ended before it was ready, for another reason than that it was asked to stop.</summary>
    bool StartWasGivenUp { get; }

    Task<LaunchOutcome> Completion { get; }

    /// <summary>The outcomes of its runs that have ended, the latest last; empty where it is one run.</summary>
    IReadOnlyList<LaunchOutcome> EarlierRuns { get; }

    /// <summary>How long a stop may take.</summary>
    TimeSpan LongestStop { get; }

    /// <summary>How many work items wait in the context's queue.</summary>
    int QueueLength { get; }

    /// <summary>The latest log lines of the launch, once it is open; null where it keeps none.</summary>
    LogTail? LogTail { get; }

    /// <summary>The launch thread and its work at this moment; null before it has begun and after the end.</summary>
    string? ThreadActivity { get; }

    /// <summary>Whether the caller runs inside of this launch: on its thread, or in a flow that began there.</summary>
    bool IsInside { get; }

    /// <summary>Whether it is about to stop, and goes on to serve until its time to drain is over.</summary>
    bool IsDraining { get; }

    /// <summary>The posted work that waits for longer than <see cref="LaunchOptions.UnservedWorkTimeout"/>; null as soon as it is served.</summary>
    UnservedWork? UnservedWork { get; }

    Task<T> InvokeAsync<T>(Func<Task<T>> function);

    void RequestStop(string sentence);

    /// <summary>Its stop, which has begun or is to begin, goes on as if its time were over.</summary>
    void EndGrace();

    /// <summary>The logger of the launch; that of the host where the launch has none.</summary>
    ILogger LoggerFor(IHost? host);

    /// <summary>What another package of SafeLaunch keeps with the options of the launch; null if that is nothing.</summary>
    T? Part<T>()
        where T : class;
}
