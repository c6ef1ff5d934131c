namespace SafeLaunch;

internal static partial class BoundedWait
{
    /// <summary>Marks the exception of a task that nobody waits for any longer as seen, now or when it comes.</summary>
    public static void Forget(this Task task) =>
        _ = task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
}
