using Microsoft.VisualStudio.Threading;

namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>The single-threaded context that comes with JoinableTaskContext.</summary>
public sealed class FrameContender : Contender
{
    private readonly SingleThreadedSynchronizationContext.Frame frame = new();
    private readonly Thread thread;
    private SingleThreadedSynchronizationContext context = null!;

    public FrameContender()
    {
        using var started = new ManualResetEventSlim();
        this.thread = new(() =>
        {
            this.context = new();
            started.Set();
            this.context.PushFrame(this.frame);
        });
        this.thread.Start();
        started.Wait();
    }

    public override void Post(SendOrPostCallback callback, object? state) => this.context.Post(callback, state!);

    protected override void Dispose(bool disposing)
    {
        this.frame.Continue = false;
        this.thread.Join();
    }
}
