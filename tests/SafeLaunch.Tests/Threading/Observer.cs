using System.Collections.Concurrent;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>The owner of a launch thread that stands alone, without a launch.</summary>
internal sealed class Observer : IContextObserver
{
    private int latePosts;
    private int tooDeep;

    public ConcurrentQueue<Exception> Errors { get; } = new();

    public int LatePosts => Volatile.Read(ref this.latePosts);

    public int TooDeep => Volatile.Read(ref this.tooDeep);

    public void OnCallbackThrew(Exception exception) => this.Errors.Enqueue(exception);

    public void OnPostedLate() => Interlocked.Increment(ref this.latePosts);

    public void OnPumpedTooDeep(int depth) => Interlocked.Increment(ref this.tooDeep);

    public Exception CreateGoneException() => new LaunchException("gone");

    public LaunchThread StartThread(bool waitsPump = true) => new("alone", waitsPump, this);
}
