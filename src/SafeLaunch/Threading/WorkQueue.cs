using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace SafeLaunch.Threading;

/// <summary>
/// A first-in, first-out queue of many producers and one consumer, which says to each producer whether it must wake the
/// consumer. The queue itself neither blocks nor wakes a thread.
/// </summary>
/// <remarks>
/// No wake-up is lost, because both sides write before they read, with a full fence between: a producer adds and then looks
/// at the consumer, the consumer announces its rest and then looks at the queue. At least one of them sees the other.
/// </remarks>
[DebuggerDisplay("{Consumer}, {items.Count} waiting")]
internal sealed class WorkQueue
{
    /// <summary>About two microseconds, which is less than a wake-up costs either side. Of no use where no other thread can add meanwhile.</summary>
    private static readonly int BurstSpins = Environment.ProcessorCount > 1 ? 10 : 0;

    private const int SpinIterations = 5;

    private readonly ConcurrentQueue<WorkItem> items = new();
    private int consumer = (int)Consumer.Idle;

    public Consumer Consumer => (Consumer)Volatile.Read(ref this.consumer);

    public bool IsEmpty => this.items.IsEmpty;

    public int Length => this.items.Count;

    /// <summary>
    /// Whether all that was added by now has been served. Looks at the items first: a consumer that has announced its rest
    /// may still find one and take that back.
    /// </summary>
    public bool IsIdle => this.items.IsEmpty && this.Consumer == Consumer.Idle;

    /// <summary>
    /// Adds an item. The answer says what the caller now owes: to wake the consumer from <see cref="Consumer.Idle"/> or
    /// <see cref="Consumer.Parked"/>, to empty the queue if <see cref="Consumer.Gone"/>, nothing if <see cref="Consumer.Running"/>.
    /// </summary>
    public Consumer Add(in WorkItem item)
    {
        this.items.Enqueue(item);
        Interlocked.MemoryBarrier();

        var seen = this.Consumer;
        if (seen is Consumer.Running or Consumer.Gone)
        {
            return seen;
        }

        // Where that fails, another producer woke it, or it woke itself, and it looks at the queue before it rests again; or the
        // queue was closed after the item was added, and its closer finds the item.
        return this.Exchange(Consumer.Running, ifIs: seen) == seen ? seen : Consumer.Running;
    }

    public bool TryTake([MaybeNullWhen(false)] out WorkItem item) => this.items.TryDequeue(out item);

    /// <summary>
    /// The consumer, out of work, looks out for more for a moment: in a burst the next item is nanoseconds away.
    /// </summary>
    public bool IsMoreComing()
    {
        for (var i = 0; i < BurstSpins && this.items.IsEmpty; i++)
        {
            Thread.SpinWait(SpinIterations);
        }

        return !this.items.IsEmpty;
    }

    /// <summary>
    /// The consumer asks for its rest. False if there is work after all, and the consumer is to go on; true if it may rest,
    /// since the producer of the next item owes it the wake-up.
    /// </summary>
    public bool TryRest(Consumer how)
    {
        if (this.Exchange(how, ifIs: Consumer.Running) != Consumer.Running)
        {
            return true;
        }

        return this.items.IsEmpty || this.Exchange(Consumer.Running, ifIs: how) != how;
    }

    /// <summary>The consumer goes on by itself, not woken by a producer.</summary>
    public void Resume(Consumer from) => this.Exchange(Consumer.Running, ifIs: from);

    /// <summary>The consumer will not come back. The caller empties the queue.</summary>
    public void Close() => Interlocked.Exchange(ref this.consumer, (int)Consumer.Gone);

    private Consumer Exchange(Consumer value, Consumer ifIs) =>
        (Consumer)Interlocked.CompareExchange(ref this.consumer, (int)value, (int)ifIs);
}
