namespace SafeLaunch.Threading;

/// <content>The end of the service: later work runs on the thread pool, and the context keeps nothing of its launch.</content>
internal sealed partial class LaunchSynchronizationContext
{
    /// <summary>Ends the service of the thread: queued work, and work that is posted from here on, runs on the thread pool.</summary>
    public void Close()
    {
        this.queue.Close();
        this.watch.Close();
        this.EmptyQueue();
    }

    /// <summary>Drops the observer, and so the launch: the context may be kept for long after it. Late errors are only logged.</summary>
    /// <param name="wasInterrupted">Whether the stop has interrupted the launch thread.</param>
    public void Release(bool wasInterrupted)
    {
        this.afterEnd.WasInterrupted = wasInterrupted;
        this.observer = null;
    }

    public void ThrowIfGone()
    {
        if (this.queue.Consumer == Consumer.Gone)
        {
            throw this.afterEnd.CreateException();
        }
    }

    private void EmptyQueue()
    {
        while (this.queue.TryTake(out var item))
        {
            if (item.State is Invocation invocation)
            {
                invocation.Reject(this.afterEnd.CreateException());
            }
            else
            {
                this.afterEnd.OnPosted();
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
            this.Report(e);
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

    private void Report(Exception exception)
    {
        if (this.observer is { } owner)
        {
            owner.OnCallbackThrew(exception);
        }
        else
        {
            this.afterEnd.OnCallbackThrew(exception);
        }
    }
}
