namespace SafeLaunch.Threading;

/// <summary>
/// Whether blocking waits can be served in this process: the runtime has to tell a synchronization context of them, and the
/// stack has to tell them from the taking of a lock.
/// </summary>
internal static class WaitNotification
{
    // Not kept if it fails, as by an interrupt that is meant for the launch that asks first.
    private static readonly Lazy<string?> Found = new(Probe, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>What keeps waits from being served, as the beginning of a sentence, or null if nothing does.</summary>
    public static string? Obstacle => Found.Value;

    // It waits as Task.Wait does, on a monitor, and for no time: the context is told of that as well.
    private static string? Probe()
    {
        var context = new ProbeContext();
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            var monitor = new object();
            lock (monitor)
            {
                Monitor.Wait(monitor, millisecondsTimeout: 0);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }

        return context.IsPlainWait switch
        {
            true => null,
            false => "this program is stripped of its stack traces, by which a wait is told from the taking of a lock",
            null => $"this runtime ({System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}) does not tell the launch context of every blocking wait",
        };
    }

    private sealed class ProbeContext : SynchronizationContext
    {
        public ProbeContext() => this.SetWaitNotificationRequired();

        /// <summary>What the stack says of the wait, or null if it was not told of.</summary>
        public bool? IsPlainWait { get; private set; }

        public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
        {
            this.IsPlainWait = BlockingCall.IsPlainWait();
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }
    }
}
