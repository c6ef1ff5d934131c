namespace SafeLaunch.Threading;

/// <summary>Whether this runtime tells a synchronization context of blocking waits at all.</summary>
internal static class WaitNotification
{
    private static readonly Lazy<bool> Supported = new(Probe);

    public static bool IsSupported => Supported.Value;

    // It waits as Task.Wait does, on a monitor, and for no time: the context is told of that as well.
    private static bool Probe()
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

        return context.WasTold;
    }

    private sealed class ProbeContext : SynchronizationContext
    {
        public ProbeContext() => this.SetWaitNotificationRequired();

        public bool WasTold { get; private set; }

        public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
        {
            this.WasTold = true;
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }
    }
}
