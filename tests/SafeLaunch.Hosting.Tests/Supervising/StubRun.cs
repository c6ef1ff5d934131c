using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.Supervision;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>A run of a supervised launch whose state the test sets.</summary>
internal sealed class StubRun : ILaunch
{
    public LaunchState State { get; private set; } = LaunchState.Starting;

    public DateTimeOffset Since { get; private set; } = DateTimeOffset.UnixEpoch;

    public bool IsCrashing { get; private set; }

    public string Name => throw Unused();

    public IReadOnlyList<Uri> Addresses => throw Unused();

    public IReadOnlyList<IHost> Hosts => throw Unused();

    public IServiceProvider AppServices => throw Unused();

    public IServiceProvider LaunchServices => throw Unused();

    public SynchronizationContext SynchronizationContext => throw Unused();

    public CancellationToken Stopping => throw Unused();

    public Task Started => throw Unused();

    public bool StartWasGivenUp => throw Unused();

    public Task<LaunchOutcome> Completion => throw Unused();

    public IReadOnlyList<LaunchOutcome> EarlierRuns => throw Unused();

    public TimeSpan LongestStop => throw Unused();

    public int QueueLength => throw Unused();

    public Hosting.LogTail? LogTail => throw Unused();

    public string? ThreadActivity => throw Unused();

    public bool IsInside => throw Unused();

    public bool IsDraining => throw Unused();

    public UnservedWork? UnservedWork => throw Unused();

    /// <summary>Enters a state, at so many seconds of the test.</summary>
    public void Enter(LaunchState state, int second, bool isCrashing = false) =>
        (this.State, this.Since, this.IsCrashing) = (state, DateTimeOffset.UnixEpoch.AddSeconds(second), isCrashing);

    public Task<T> InvokeAsync<T>(Func<Task<T>> function) => throw Unused();

    public void RequestStop(string sentence) => throw Unused();

    public void EndGrace() => throw Unused();

    public ILogger LoggerFor(IHost? host) => throw Unused();

    public T? Part<T>()
        where T : class => throw Unused();

    private static NotSupportedException Unused() => new("The states need no more than the state of a run.");
}
