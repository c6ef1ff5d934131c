using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Testing;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>The owner of a launch thread that stands alone, without a launch.</summary>
internal sealed class Observer : IContextObserver
{
    private int tooDeep;
    private int unserved;
    private int pumpingWaits;

    public ConcurrentQueue<Exception> Errors { get; } = new();

    /// <summary>Gets what the context logs after its end.</summary>
    public FakeLogger Log { get; } = new();

    public int LatePosts => this.Log.Collector.GetSnapshot().Count(record => record.Id.Id == LogEvents.PostedLate);

    public int TooDeep => Volatile.Read(ref this.tooDeep);

    public int PumpingWaits => Volatile.Read(ref this.pumpingWaits);

    public int Unserved => Volatile.Read(ref this.unserved);

    /// <summary>Gets or sets what happens in the report of an error.</summary>
    public Action OnError { get; set; } = () => { };

    /// <summary>Gets or sets what happens in the report of unserved work.</summary>
    public Action OnUnserved { get; set; } = () => { };

    public void OnCallbackThrew(Exception exception)
    {
        this.Errors.Enqueue(exception);
        this.OnError();
    }

    public void OnPumpingWait() => Interlocked.Increment(ref this.pumpingWaits);

    public void OnPumpedTooDeep(int depth) => Interlocked.Increment(ref this.tooDeep);

    public void OnWorkUnserved(TimeSpan waited)
    {
        Interlocked.Increment(ref this.unserved);
        this.OnUnserved();
    }

    public LaunchThread StartThread(bool waitsPump = true, TimeSpan? unservedWorkTimeout = null) =>
        new("alone", waitsPump, this, new("alone", this.Log), unservedWorkTimeout ?? TimeSpan.FromHours(1));
}
