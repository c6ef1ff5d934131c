using System.Diagnostics;

namespace SafeLaunch.Threading;

/// <summary>
/// Finds work that waits for long while the launch thread stays in one piece of launched code. A producer that finds the thread
/// running arms the watch, which then looks a few times within the limit, until the queue is empty or the thread rests.
/// A thread that rests or pumps is thus never looked at, and a producer pays one read of a field. With an infinite limit the watch looks at nothing.
/// </summary>
internal sealed class QueueWatch
{
    private const int LooksWithinLimit = 5;

    private readonly WorkQueue queue;
    private readonly Func<int> countRuns;
    private readonly TimeSpan limit;
    private readonly Action report;
    private Timer? timer;
    private int isArmed;
    private bool hasReported;
    private Stall? seen;
    private volatile Stall? unserved;

    /// <param name="queue">The queue whose work may wait.</param>
    /// <param name="countRuns">Gives the <see cref="RunCount"/> of the thread that serves the queue.</param>
    /// <param name="limit">How long work may wait.</param>
    /// <param name="report">Called on the thread pool when work has waited for so long, the first time only.</param>
    public QueueWatch(WorkQueue queue, Func<int> countRuns, TimeSpan limit, Action report)
    {
        this.queue = queue;
        this.countRuns = countRuns;
        this.limit = limit;
        this.report = report;
        this.isArmed = limit == Timeout.InfiniteTimeSpan ? 1 : 0;
    }

    /// <summary>How long work has waited for the launched code that the thread is in, once that is longer than the limit; null as soon as it is served.</summary>
    public TimeSpan? UnservedFor => this.unserved is { } stall && this.IsWorkWaiting && this.countRuns() == stall.Runs ? stall.Elapsed : null;

    private bool IsWorkWaiting => this.queue is { IsEmpty: false, Consumer: Consumer.Running };

    /// <summary>Called on any thread, after work was added.</summary>
    public void Arm()
    {
        if (Volatile.Read(ref this.isArmed) == 0 && Interlocked.Exchange(ref this.isArmed, 1) == 0)
        {
            this.seen = null;
            this.LookLater();
        }
    }

    /// <summary>The queue is closed: the timer keeps nothing alive any longer.</summary>
    public void Close() => Volatile.Read(ref this.timer)?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    // One look at a time: each but the first is asked for by the one before it.
    private void Look()
    {
        // Read before the queue is looked at: as long as this number stays, no work is taken from a queue that is not empty then.
        var runs = this.countRuns();
        if (!this.IsWorkWaiting)
        {
            this.Disarm();
            return;
        }

        if (!RunCount.IsInLaunchedCode(runs))
        {
            // The thread has been woken, and has not come to its work yet.
            this.seen = this.unserved = null;
        }
        else if (runs != this.seen?.Runs)
        {
            this.unserved = null;
            this.seen = new(runs);
        }
        else if (this.unserved is null && this.seen.Elapsed >= this.limit)
        {
            this.unserved = this.seen;
            this.ReportOnce();
        }

        this.LookLater();
    }

    private void ReportOnce()
    {
        if (!this.hasReported)
        {
            this.hasReported = true;
            this.report();
        }
    }

    private void Disarm()
    {
        this.unserved = null;
        Interlocked.Exchange(ref this.isArmed, 0);
        if (this.IsWorkWaiting)
        {
            // Its producer has found the watch still armed.
            this.Arm();
        }
    }

    private void LookLater()
    {
        this.timer ??= this.CreateTimer();
        this.timer.Change(TimeSpan.FromTicks(this.limit.Ticks / LooksWithinLimit), Timeout.InfiniteTimeSpan);
    }

    // The producer's execution context is no business of the watch.
    private Timer CreateTimer()
    {
        using (ExecutionContextFlow.Suppress())
        {
            return new(static self => ((QueueWatch)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A piece of launched code in which work waits.</summary>
    private sealed class Stall(int runs)
    {
        private readonly Stopwatch clock = Stopwatch.StartNew();

        public int Runs { get; } = runs;

        public TimeSpan Elapsed => this.clock.Elapsed;
    }
}
