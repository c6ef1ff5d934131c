#if NET
namespace SafeLaunch.Threading;

/// <content>How the thread runs one piece of work on .NET.</content>
internal sealed partial class LaunchSynchronizationContext
{
    /// <summary>Leaves the thread in the item's execution context. The caller restores its own after many items, which is cheaper than after each.</summary>
    private void Run(in WorkItem item)
    {
        try
        {
            ExecutionContext.Restore(item.ExecutionContext ?? this.baseExecutionContext);
            item.Callback(item.State);
        }
        catch (Exception e)
        {
            this.ReportOnThread(e);
        }

        if (Current != this)
        {
            SetSynchronizationContext(this);
        }
    }
}
#endif
