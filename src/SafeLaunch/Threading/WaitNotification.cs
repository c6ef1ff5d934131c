using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Threading;

/// <summary>
/// Which blocking waits can pump in this process: the runtime has to report them to a synchronization context, and the stack
/// has to distinguish them from a lock acquisition.
/// </summary>
/// <param name="monitorWait">How <see cref="Monitor.Wait(object)"/> is seen, on which Task.Wait and most waits are built: as a plain wait, as possibly a lock acquisition, or, null, not at all.</param>
/// <param name="threadJoin">How <see cref="Thread.Join()"/> is seen.</param>
internal sealed class WaitNotification(bool? monitorWait, bool? threadJoin)
{
    // Not kept if the probe fails, as by an interrupt that is meant for the launch that asks first.
    private static readonly Lazy<WaitNotification> Probed = new(Probe, LazyThreadSafetyMode.PublicationOnly);

    private int hasWarnedOfJoin;

    /// <summary>Of this process, found by two waits of no time.</summary>
    public static WaitNotification Current => Probed.Value;

    /// <summary>What keeps waits such as Task.Wait from pumping, as the beginning of a sentence, or null if nothing does.</summary>
    public string? Obstacle { get; } = monitorWait switch
    {
        true => null,
        false => "this program is stripped of its stack traces, by which a wait is distinguished from a lock acquisition, so that no wait serves the context's queue",
        null => $"{Runtime} does not report waits such as Task.Wait, but only waits for handles, to a synchronization context",
    };

    /// <summary>What keeps only Thread.Join from pumping, or null if nothing does.</summary>
    public string? ObstacleOfJoin { get; } = monitorWait is true && threadJoin is null
        ? $"{Runtime} does not report Thread.Join to a synchronization context"
        : null;

    private static string Runtime => $"this runtime ({RuntimeInformation.FrameworkDescription})";

    /// <summary>
    /// Warns of what a launch that is to pump cannot do: of most waits with each launch, of Thread.Join, which few programs
    /// call on a launch thread, once in the process.
    /// </summary>
    public void Warn(ILogger logger, string launch)
    {
        if (this.Obstacle is { } obstacle)
        {
            logger.WaitsDoNotPump(launch, obstacle);
        }
        else if (this.ObstacleOfJoin is { } ofJoin && logger.IsEnabled(LogLevel.Warning) && Interlocked.Exchange(ref this.hasWarnedOfJoin, 1) == 0)
        {
            logger.WaitsDoNotPump(launch, ofJoin);
        }
    }

    private static WaitNotification Probe()
    {
        var context = new ProbeContext();
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            return new(context.SeeWait(WaitOnMonitor), context.SeeWait(JoinThisThread));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    // As Task.Wait does. A wait for no time is reported like any other.
    private static void WaitOnMonitor()
    {
        var monitor = new object();
        lock (monitor)
        {
            Monitor.Wait(monitor, millisecondsTimeout: 0);
        }
    }

    // No other thread is needed to see how a join is reported.
    private static void JoinThisThread() => Thread.CurrentThread.Join(millisecondsTimeout: 0);

    private sealed class ProbeContext : SynchronizationContext
    {
        private bool? isPlainWait;

        public ProbeContext() => this.SetWaitNotificationRequired();

        /// <summary>What the stack says of the wait, or null if the runtime did not report it.</summary>
        public bool? SeeWait(Action wait)
        {
            this.isPlainWait = null;
            wait();
            return this.isPlainWait;
        }

        public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
        {
            this.isPlainWait = BlockingCall.IsPlainWait(typeof(ProbeContext));
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }
    }
}
