using System.Diagnostics;

namespace SafeLaunch.Tests.Threading;

/// <summary>Code in which a launch thread stays, and serves nothing.</summary>
internal static class Stalls
{
    /// <summary>Waits for a lock that another thread holds until the task has ended.</summary>
    public static void AcquireHeldLock(Task ended)
    {
        var held = new object();
        using var isHeld = new ManualResetEventSlim();
        TestLaunch.OnThread(() =>
        {
            lock (held)
            {
                isHeld.Set();
                ended.Wait(Gate.Patience);
            }
        });
        while (!isHeld.IsSet)
        {
            // Not a wait, for which the lock acquisition could be mistaken.
            Thread.SpinWait(100);
        }

        lock (held)
        {
        }
    }

    /// <summary>Repeats a step until the task has ended.</summary>
    public static void Until(Task ended, Action step)
    {
        var patience = Stopwatch.StartNew();
        while (!ended.IsCompleted)
        {
            step();
            Assert.That(patience.Elapsed, Is.LessThan(Gate.Patience));
        }
    }

    /// <summary>Acts under another synchronization context, or none.</summary>
    public static void Under(SynchronizationContext? context, Action action)
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        action();
        SynchronizationContext.SetSynchronizationContext(previous);
    }
}
