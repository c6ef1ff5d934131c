namespace SafeLaunch.Threading;

/// <content>How the thread runs what is queued: each piece in the execution context of its poster, and none into the next.</content>
internal sealed partial class LaunchSynchronizationContext
{
    private static readonly ContextCallback DrainCallback = static self => ((LaunchSynchronizationContext)self!).Drain();

    private void DrainAsHosted()
    {
        if (this.thread is null)
        {
            this.thread = Thread.CurrentThread;
            this.onAttached(this.thread);
        }

        var previous = Current;
        SetSynchronizationContext(this);
        this.interruption.EnterUserCode();
        ExecutionContext.Run(this.baseExecutionContext.CreateCopy(), DrainCallback, this);
        this.interruption.LeaveUserCode();
        SetSynchronizationContext(previous);
    }

    private void Drain()
    {
        do
        {
            while (this.queue.TryTake(out var item))
            {
                this.interruption.ChangeUserCode();
                this.Run(item);
            }
        }
        while (this.queue.IsMoreComing() || !this.queue.TryRest(Consumer.Idle));
    }

#if NET
    /// <summary>Leaves the thread in the item's execution context. The caller has one of its own around many items, which is cheaper than one around each.</summary>
    private void Run(in WorkItem item)
    {
        try
        {
            ExecutionContext.Restore(item.ExecutionContext ?? this.baseExecutionContext);
            item.Callback(item.State);
        }
        catch (Exception e)
        {
            this.observer.OnCallbackThrew(e);
        }

        if (Current != this)
        {
            SetSynchronizationContext(this);
        }
    }
#else
    private static readonly ContextCallback RunCurrentCallback = static self => ((LaunchSynchronizationContext)self!).RunCurrent();

    private WorkItem current;

    private void Run(in WorkItem item)
    {
        this.current = item;
        try
        {
            // It also puts back this synchronization context, should the callback have set another.
            ExecutionContext.Run(item.ExecutionContext ?? this.baseExecutionContext.CreateCopy(), RunCurrentCallback, this);
        }
        catch (Exception e)
        {
            this.observer.OnCallbackThrew(e);
        }
    }

    private void RunCurrent()
    {
        var item = this.current;
        this.current = default;
        ExecutionContextFlow.ReplaceSynchronizationContext(this);
        item.Callback(item.State);
    }
#endif
}
