using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>A launch whose facts the test sets, to see what is said of them.</summary>
internal sealed class StubLaunch : ILaunch
{
    public string Name => "shop";

    public LaunchState State { get; init; } = LaunchState.Running;

    public DateTimeOffset Since { get; init; } = new(2026, 5, 4, 3, 2, 1, 7, TimeSpan.FromHours(2));

    public bool IsCrashing => throw Unused();

    public IReadOnlyList<Uri> Addresses { get; init; } = [];

    public IReadOnlyList<IHost> Hosts { get; init; } = [];

    public IServiceProvider AppServices => throw Unused();

    public IServiceProvider LaunchServices => throw Unused();

    public SynchronizationContext SynchronizationContext => throw Unused();

    public CancellationToken Stopping => throw Unused();

    public Task Started => throw Unused();

    public bool StartWasGivenUp => throw Unused();

    public Task<LaunchOutcome> Completion { get; init; } = new TaskCompletionSource<LaunchOutcome>().Task;

    public IReadOnlyList<LaunchOutcome> EarlierRuns { get; init; } = [];

    public TimeSpan LongestStop => throw Unused();

    public int QueueLength { get; init; }

    public LogTail? LogTail { get; init; }

    public string? ThreadActivity { get; init; }

    public bool IsInside => throw Unused();

    public bool IsDraining { get; init; }

    public UnservedWork? UnservedWork { get; init; }

    public Task<T> InvokeAsync<T>(Func<Task<T>> function) => throw Unused();

    public void RequestStop(string sentence) => throw Unused();

    public void EndGrace() => throw Unused();

    public ILogger LoggerFor(IHost? host) => throw Unused();

    public T? Part<T>()
        where T : class => throw Unused();

    private static NotSupportedException Unused() => new("A text about a launch needs only its facts.");
}
