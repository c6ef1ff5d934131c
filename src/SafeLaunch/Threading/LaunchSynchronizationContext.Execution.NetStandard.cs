#if !NET
namespace SafeLaunch.Threading;

/// <content>How the thread runs one piece of work where no execution context can be restored.</content>
internal sealed partial class LaunchSynchronizationContext
{
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
            this.ReportOnThread(e);
        }
    }

    private void RunCurrent()
    {
        var item = this.current;
        this.current = default;
        ExecutionContextFlow.ReplaceSynchronizationContext(this);
        item.Callback(item.State);
    }
}
#endif
