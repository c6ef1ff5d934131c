namespace SafeLaunch.TestKit;

internal static class Blocked
{
    /// <summary>Returns once the thread is in a wait, a sleep or a join. It may be on its way into an earlier one than meant.</summary>
    public static void UntilWaiting(this Thread thread) =>
        Assert.That(
            SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Gate.Patience),
            Is.True,
            "the thread did not block");

    /// <summary>The thread that serves the launch.</summary>
    public static Task<Thread> ThreadAsync(this LaunchHandle handle) => handle.InvokeAsync(() => Thread.CurrentThread).Within();
}
