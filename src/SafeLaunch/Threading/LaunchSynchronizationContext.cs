using System.Diagnostics;
using Nito.AsyncEx;

namespace SafeLaunch.Threading;

/// <summary>
/// The launch synchronization context: a queue that is served by one thread, which an <see cref="AsyncContextThread"/> owns. The
/// thread's own loop gets one drain at a time, so that a burst of posts costs it one task; and while user code blocks the thread,
/// the wait itself serves the queue (another part of this class).
/// </summary>
[DebuggerDisplay("Context of {thread?.Name,nq}: {queue}")]
internal sealed partial class LaunchSynchronizationContext : SynchronizationContext
{
    private readonly WorkQueue queue = new();
    private readonly TaskFactory host;
    private readonly AfterEnd afterEnd;
    private readonly Action<Thread> onAttached;
    private readonly ExecutionContext baseExecutionContext;
    private readonly Interruption interruption = new();
    private readonly QueueWatch watch;
    private RunCount runs;
    private volatile IContextObserver? observer;
    private volatile Thread? thread;

    /// <param name="host">Starts tasks on the one thread that serves this context.</param>
    /// <param name="pumps">Whether blocking waits on that thread serve the queue.</param>
    /// <param name="observer">Gets reports until <see cref="Release"/>.</param>
    /// <param name="afterEnd">Gets reports of late work.</param>
    /// <param name="unservedWorkTimeout">How long queued work may wait for one piece of launched code before the observer is notified.</param>
    /// <param name="onAttached">Called on the thread, once, before the first work item.</param>
    public LaunchSynchronizationContext(
        TaskFactory host, bool pumps, IContextObserver observer, AfterEnd afterEnd, TimeSpan unservedWorkTimeout, Action<Thread> onAttached)
    {
        this.host = host;
        this.observer = observer;
        this.afterEnd = afterEnd;
        this.onAttached = onAttached;
        this.baseExecutionContext = ExecutionContext.Capture()
            ?? throw new InvalidOperationException("A launch synchronization context cannot be made while the flow of the execution context is suppressed.");
        this.watch = new(this.queue, () => this.runs.Value, unservedWorkTimeout, () => this.observer?.OnWorkUnserved(unservedWorkTimeout));
        if (pumps)
        {
            this.SetWaitNotificationRequired();
        }
    }

    public bool IsCurrentThread => Thread.CurrentThread == this.thread;

    /// <summary>Where its thread is, as a producer of work sees it.</summary>
    public Consumer Consumer => this.queue.Consumer;

    /// <summary>How many posted work items have not begun to run.</summary>
    public int QueueLength => this.queue.Length;

    /// <summary>How long queued work has waited for one piece of launched code, once that is longer than it may be; null otherwise.</summary>
    public TimeSpan? UnservedFor => this.watch.UnservedFor;

    /// <summary>
    /// Whether all that was posted by now has run, and no launched code runs. In <see cref="RunOwnCode"/> the thread is not at rest,
    /// but launched code runs only where a pumping wait is further down its stack.
    /// </summary>
    public bool IsIdle => this.queue.IsIdle || (this.IsCurrentThread && !this.IsInUserCode && this.pumpDepth == 0 && this.queue.IsEmpty);

    /// <summary>
    /// Whether the thread runs launched code. A thread that is idle, or waits for a processor before its next piece of work or
    /// on its way out, does not, however long that takes.
    /// </summary>
    public bool IsInUserCode => RunCount.IsInLaunchedCode(this.runs.Value);

    // A copy that is another object would be another context to code that compares them. The framework copies a context so that
    // its wait notification can differ from thread to thread; this context serves only the waits of the launch thread.
    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        Guard.NotNull(d, nameof(d));
        switch (this.queue.Add(new(d, state, ExecutionContext.Capture())))
        {
            case Consumer.Running:
                this.watch.Arm();
                break;
            case Consumer.Idle:
                this.StartDrain();
                break;
            case Consumer.Parked:
                this.wakeUp!.Set();
                break;
            case Consumer.Gone:
                this.EmptyQueue();
                break;
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        Guard.NotNull(d, nameof(d));
        if (this.IsCurrentThread)
        {
            d(state);
            return;
        }

        var invocation = new Invocation<bool>(() =>
        {
            d(state);
            return Task.FromResult(true);
        });
        this.Post(Invocation.Callback, invocation);
        invocation.Task.GetAwaiter().GetResult();
    }

    /// <summary>Runs the function on the thread. The task fails with a <see cref="LaunchException"/> once the thread is gone.</summary>
    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        var invocation = new Invocation<T>(function);
        this.Post(Invocation.Callback, invocation);
        return invocation.Task;
    }

    /// <summary>Runs the function on the thread: at once if called there, on the thread pool once the thread is gone.</summary>
    public Task RunAsync(Func<Task> function) => this.IsCurrentThread ? function() : this.RunInTurnAsync(function);

    /// <summary>Runs the function on the thread once the work that is queued by now has run; on the thread pool once the thread is gone.</summary>
    public Task RunInTurnAsync(Func<Task> function) =>
        this.queue.Consumer == Consumer.Gone ? Task.Run(function) : this.InvokeAsync(async () =>
        {
            await function().ConfigureAwait(false);
            return true;
        });

    /// <summary>
    /// Interrupts the wait or the sleep that user code is in, now or next. False, and without effect, if the thread is not in
    /// user code; it may be so a moment later, so a caller asks again until the code has ended or the time is over.
    /// </summary>
    public bool Interrupt() => this.thread is { } target && this.interruption.TryInterrupt(target);

    private void StartDrain()
    {
        // Each item brings its own execution context; the poster's must not become the thread's.
        using (ExecutionContextFlow.Suppress())
        {
#pragma warning disable CA2008 // The factory has the scheduler of the thread.
            _ = this.host.StartNew(static self => ((LaunchSynchronizationContext)self!).DrainAsHosted(), this);
#pragma warning restore CA2008
        }
    }
}
