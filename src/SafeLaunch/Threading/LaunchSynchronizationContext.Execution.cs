namespace SafeLaunch.Threading;

/// <content>How the thread runs queued work: each piece in the execution context of its poster, and none into the next.</content>
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
        while (!this.TryDrain())
        {
            // An interrupt came too late for the item that it was meant for.
        }

        this.interruption.LeaveUserCode();
        SetSynchronizationContext(previous);
    }

    /// <summary>
    /// False if an interrupt ended the drain early: it was meant for an item that has ended, and a lock inside the queue took it.
    /// The loop that hosts the drain must not see it, or nothing would serve the queue again.
    /// </summary>
    private bool TryDrain()
    {
        try
        {
            ExecutionContext.Run(this.baseExecutionContext.CreateCopy(), DrainCallback, this);
            return true;
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }

    private void Drain()
    {
        do
        {
            while (this.queue.TryTake(out var item))
            {
                this.interruption.ChangeUserCode();
                this.runs.Step();
                this.Run(item);
                this.runs.Step();
            }
        }
        while (this.queue.IsMoreComing() || !this.queue.TryRest(Consumer.Idle));
    }

    // An interrupt that the item did not take must not hit the report.
    private void ReportOnThread(Exception exception)
    {
        this.interruption.LeaveUserCode();
        this.Report(exception);
        this.interruption.EnterUserCode();
    }

    /// <summary>
    /// Runs code of SafeLaunch on the thread, between two pieces of launched code. No interrupt hits it. A task that it completes
    /// goes on right here, as it would on a thread of the pool: without a synchronization context, and under the default scheduler.
    /// </summary>
    public void RunOwnCode(Action code)
    {
        this.interruption.LeaveUserCode();
        this.runs.Step();
        var previous = Current;
        SetSynchronizationContext(null);
        try
        {
            new Task(code).RunSynchronously(TaskScheduler.Default);
        }
        finally
        {
            SetSynchronizationContext(previous);
            this.runs.Step();
            this.interruption.EnterUserCode();
        }
    }
}
