namespace SafeLaunch.Threading;

/// <content>
/// The blocking waits of the launch thread, which the runtime hands to <see cref="Wait"/>. While user code waits there, the
/// queue is served on that same thread. docs/context.md says why and how.
/// </content>
internal sealed partial class LaunchSynchronizationContext
{
    /// <summary>How many waits may pump inside one another at the most; fewer where the stack is short.</summary>
    internal const int MaxPumpDepth = 64;

    /// <summary>How much is done before a wait looks after its own handles and time-out again; or less, if that takes longer than <see cref="TurnMilliseconds"/>.</summary>
    internal const int TurnItems = 256;
    private const int TurnMilliseconds = 1;

    /// <summary>What <see cref="SynchronizationContext.WaitHelper"/> returns for a wait that timed out (WAIT_TIMEOUT).</summary>
    private const int TimedOut = 258;

    /// <summary>Not one of the results that a wait can have: there is work to do before it goes on.</summary>
    private const int WorkQueued = -1;

    /// <summary>Most waits end sooner than this, and then neither the queue nor the stack need be looked at.</summary>
    private const int GraceMilliseconds = 1;

    /// <summary>How often the queue is looked at where the wait cannot be woken for it.</summary>
    private const int PollMilliseconds = 10;

    /// <summary>The most handles that one wait can take.</summary>
    private const int MaxHandles = 64;

    private static readonly ContextCallback TakeTurnCallback = static self => ((LaunchSynchronizationContext)self!).TakeTurn();

    // Made by the thread before it first parks, so that a producer that finds it parked finds the event. Left to its finalizer: a
    // producer that was about to set it may still do so after the thread has gone.
    private AutoResetEvent? wakeUp;
    private int pumpDepth;
    private volatile string? blockedIn;

    /// <summary>The method that acquires a lock, or waits where no further wait may pump, while work is queued. Null where the thread does neither, and where the method has no name.</summary>
    public string? BlockedIn => this.blockedIn;

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        waitAll = BlockingCall.IsForAll(typeof(LaunchSynchronizationContext), waitHandles.Length, waitAll);
        if (!this.IsCurrentThread || this.queue.Consumer != Consumer.Running || IsWithinGrace(millisecondsTimeout))
        {
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }

        var deadline = Deadline.AfterMilliseconds(millisecondsTimeout);
        var result = WaitHelper(waitHandles, waitAll, GraceMilliseconds);
        return result == TimedOut ? this.WaitAndPump(waitHandles, waitAll, deadline) : result;
    }

    private static bool IsWithinGrace(int milliseconds) => milliseconds is >= 0 and <= GraceMilliseconds;

    private int WaitAndPump(IntPtr[] waitHandles, bool waitAll, Deadline deadline)
    {
        // Neither "all of them" nor a full array leaves room for the wake-up.
        var handlesAndWakeUp = waitAll || waitHandles.Length == MaxHandles ? null : this.WithWakeUp(waitHandles);
        var mayPump = false;
        while (true)
        {
            int result;
            try
            {
                result = handlesAndWakeUp is null
                    ? this.Poll(waitHandles, waitAll, deadline)
                    : this.Park(waitHandles, handlesAndWakeUp, deadline);
            }
            catch (PlatformNotSupportedException) when (handlesAndWakeUp is not null)
            {
                // On Unix a wait for several handles takes no named one, such as a named mutex, which can be waited for alone.
                handlesAndWakeUp = null;
                continue;
            }

            if (result != WorkQueued)
            {
                return result;
            }

            if (!mayPump)
            {
                if (!this.MayPump())
                {
                    return this.WaitUnserved(waitHandles, waitAll, deadline);
                }

                mayPump = true;
                this.observer?.OnPumpingWait();
            }

            // Around the whole turn, so that the code that waits gets its own execution context back.
            ExecutionContext.Run(this.baseExecutionContext.CreateCopy(), TakeTurnCallback, this);
        }
    }

    private int WaitUnserved(IntPtr[] waitHandles, bool waitAll, Deadline deadline)
    {
        this.watch.Arm();
        this.blockedIn = BlockingCall.FindCaller(typeof(LaunchSynchronizationContext));
        try
        {
            return WaitHelper(waitHandles, waitAll, deadline.RemainingMilliseconds);
        }
        finally
        {
            this.blockedIn = null;
        }
    }

    private IntPtr[] WithWakeUp(IntPtr[] waitHandles)
    {
        this.wakeUp ??= new(initialState: false);
        return [.. waitHandles, this.wakeUp.SafeWaitHandle.DangerousGetHandle()];
    }

    private int Park(IntPtr[] waitHandles, IntPtr[] handlesAndWakeUp, Deadline deadline)
    {
        if (!this.queue.TryRest(Consumer.Parked))
        {
            return CheckBeforeWork(waitHandles, waitAll: false, deadline);
        }

        try
        {
            var result = WaitHelper(handlesAndWakeUp, waitAll: false, deadline.RemainingMilliseconds);
            return result == waitHandles.Length ? WorkQueued : result;
        }
        finally
        {
            this.queue.Resume(from: Consumer.Parked);
        }
    }

    private int Poll(IntPtr[] waitHandles, bool waitAll, Deadline deadline)
    {
        while (this.queue.IsEmpty)
        {
            var remaining = deadline.RemainingMilliseconds;
            var slice = remaining == Timeout.Infinite ? PollMilliseconds : Math.Min(remaining, PollMilliseconds);
            var result = WaitHelper(waitHandles, waitAll, slice);
            if (result != TimedOut || deadline.HasPassed)
            {
                return result;
            }
        }

        return CheckBeforeWork(waitHandles, waitAll, deadline);
    }

    // However much work keeps coming, the wait ends when its own time has come.
    private static int CheckBeforeWork(IntPtr[] waitHandles, bool waitAll, Deadline deadline)
    {
        var result = WaitHelper(waitHandles, waitAll, millisecondsTimeout: 0);
        return result != TimedOut || deadline.HasPassed ? result : WorkQueued;
    }

    private bool MayPump()
    {
        if (this.pumpDepth < MaxPumpDepth && ExecutionStack.HasRoom())
        {
            return BlockingCall.IsPlainWait(typeof(LaunchSynchronizationContext));
        }

        this.observer?.OnPumpedTooDeep(this.pumpDepth);
        return false;
    }

    private void TakeTurn()
    {
        var start = Environment.TickCount;
        this.pumpDepth++;
        try
        {
            for (var done = 0; done < TurnItems && Environment.TickCount - start <= TurnMilliseconds; done++)
            {
                if (this.queue.TryTake(out var item))
                {
                    this.runs.StepInside();
                    this.Run(item);
                }
                else if (!this.queue.IsMoreComing())
                {
                    break;
                }
            }
        }
        finally
        {
            // Also where a lock inside the queue takes an interrupt, which then ends this wait as it is meant to.
            this.pumpDepth--;
        }
    }
}
