namespace SafeLaunch.Internal;

internal static partial class BoundedWait
{
    /// <summary>Marks the exception of a task as observed, now or when it comes: no code waits for the task any longer.</summary>
    public static void Forget(this Task task) =>
        _ = task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
}
