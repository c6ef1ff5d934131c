using System.Collections.Concurrent;

namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>The simplest thread that also waits for a second handle: a loop over a queue that rests in a wait for either of two handles.</summary>
public sealed class EventContender : Contender
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> queue = new();
    private readonly AutoResetEvent wakeUp = new(initialState: false);
    private readonly ManualResetEvent end = new(initialState: false);
    private readonly Thread thread;
    private bool rests;

    public EventContender()
    {
        this.thread = new(this.Loop);
        this.thread.Start();
    }

    public override void Post(SendOrPostCallback callback, object? state)
    {
        this.queue.Enqueue((callback, state));
        if (Interlocked.Exchange(ref this.rests, false))
        {
            this.wakeUp.Set();
        }
    }

    protected override void Dispose(bool disposing)
    {
        this.end.Set();
        this.thread.Join();
        this.end.Dispose();
        this.wakeUp.Dispose();
    }

    private void Loop()
    {
        WaitHandle[] handles = [this.end, this.wakeUp];
        do
        {
            Interlocked.Exchange(ref this.rests, true);
            while (this.queue.TryDequeue(out var item))
            {
                item.Callback(item.State);
            }
        }
        while (WaitHandle.WaitAny(handles) == 1);
    }
}
