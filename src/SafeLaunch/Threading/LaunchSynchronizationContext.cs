using Nito.AsyncEx;

namespace SafeLaunch.Threading;

/// <summary>
/// The launch context: a queue of its own, served by one thread that an <see cref="AsyncContextThread"/> owns. The thread's
/// own loop is handed one drain at a time, so that a burst of posts costs it one task; and while user code blocks the thread,
/// the wait itself serves the queue (the other part of this class).
/// </summary>
internal sealed partial class LaunchSynchronizationContext : SynchronizationContext
{
    private readonly WorkQueue queue = new();
    private readonly TaskFactory host;
    private readonly IContextObserver observer;
    private readonly Action<Thread> onAttached;
    private readonly ExecutionContext baseExecutionContext;
    private readonly Interruption interruption = new();
    private volatile Thread? thread;

    /// <param name="host">Starts tasks on the one thread that serves this context.</param>
    /// <param name="pumps">Whether blocking waits on that thread serve the queue.</param>
    /// <param name="observer">Hears of errors and of late work.</param>
    /// <param name="onAttached">Called on the thread, once, before the first work item.</param>
    public LaunchSynchronizationContext(TaskFactory host, bool pumps, IContextObserver observer, Action<Thread> onAttached)
    {
        this.host = host;
        this.observer = observer;
        this.onAttached = onAttached;
        this.baseExecutionContext = ExecutionContext.Capture()
            ?? throw new InvalidOperationException("A launch context cannot be made while the flow of the execution context is suppressed.");
        if (pumps)
        {
            this.SetWaitNotificationRequired();
        }
    }

    public bool IsCurrentThread => Thread.CurrentThread == this.thread;

    /// <summary>Whether all that was posted by now has run, and nothing runs.</summary>
    public bool IsIdle => this.queue.IsIdle;

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        Guard.NotNull(d, nameof(d));
        switch (this.queue.Add(new(d, state, ExecutionContext.Capture())))
        {
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

    /// <summary>Runs the function on the thread. The task fails with the observer's exception once the thread is gone.</summary>
    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        var invocation = new Invocation<T>(function);
        this.Post(Invocation.Callback, invocation);
        return invocation.Task;
    }

    /// <summary>Runs the function on the thread: at once if called there, on the thread pool once the thread is gone.</summary>
    public Task RunAsync(Func<Task> function)
    {
        if (this.IsCurrentThread)
        {
            return function();
        }

        return this.queue.Consumer == Consumer.Gone ? Task.Run(function) : this.InvokeAsync(async () =>
        {
            await function().ConfigureAwait(false);
            return true;
        });
    }

    public void ThrowIfGone()
    {
        if (this.queue.Consumer == Consumer.Gone)
        {
            throw this.observer.CreateGoneException();
        }
    }

    /// <summary>Interrupts the wait or the sleep that user code is in, now or next. False if the thread is not in user code.</summary>
    public bool Interrupt() => this.thread is { } target && this.interruption.TryInterrupt(target);

    /// <summary>Ends the service of the thread: what is queued, and what is posted from here on, runs on the thread pool.</summary>
    public void Close()
    {
        this.queue.Close();
        this.EmptyQueue();
    }

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

    private void EmptyQueue()
    {
        while (this.queue.TryTake(out var item))
        {
            if (item.State is Invocation invocation)
            {
                invocation.Reject(this.observer.CreateGoneException());
            }
            else
            {
                this.observer.OnPostedLate();
                ThreadPool.UnsafeQueueUserWorkItem(this.RunLate, item);
            }
        }
    }

    private void RunLate(object? state)
    {
        var item = (WorkItem)state!;

        // An async void method hands its error to the context that it began in; without one, that would end the process.
        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            ExecutionContext.Run(item.ExecutionContext ?? this.baseExecutionContext.CreateCopy(), this.RunInContext, item);
        }
        catch (Exception e)
        {
            // On the thread pool it would end the process.
            this.observer.OnCallbackThrew(e);
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    private void RunInContext(object? state)
    {
        var item = (WorkItem)state!;
        ExecutionContextFlow.ReplaceSynchronizationContext(this);
        item.Callback(item.State);
    }
}
