using System.Diagnostics;

namespace SafeLaunch.TestKit;

/// <summary>What a thread that is blocked does.</summary>
internal static class Blocked
{
    private const int LooksAtRest = 20;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns once the thread is in a wait, a sleep or a join. It may be on its way into an earlier one than meant.</summary>
    public static void UntilWaiting(this Thread thread) =>
        Assert.That(
            SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin), Gate.Patience),
            Is.True,
            "the thread did not block");

    /// <summary>Returns once the thread stays in a wait, a sleep or a join. What it does before, such as a short wait while a method is compiled, is over.</summary>
    public static void UntilResting(this Thread thread)
    {
        var patience = Stopwatch.StartNew();
        for (var looks = 0; looks < LooksAtRest;)
        {
            Thread.Sleep(BetweenLooks);
            looks = thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin) ? looks + 1 : 0;
            Assert.That(patience.Elapsed, Is.LessThan(Gate.Patience), "the thread did not come to rest");
        }
    }

    /// <summary>Waits for the gate on the current thread, and opens it from outside once the thread stays in that wait: work that the wait serves has run by then.</summary>
    public static void PassOnceResting(this ManualResetEventSlim gate)
    {
        var thread = Thread.CurrentThread;
        TestLaunch.OnThread(() =>
        {
            thread.UntilResting();
            gate.Set();
        });
        gate.Pass();
    }

    /// <summary>The thread that serves the launch.</summary>
    public static Task<Thread> ThreadAsync(this LaunchHandle handle) => handle.InvokeAsync(() => Thread.CurrentThread).Within();
}
