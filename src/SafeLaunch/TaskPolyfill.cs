#if !NET
namespace SafeLaunch;

internal static class TaskPolyfill
{
    public static async Task<T> WaitAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken)))
        {
            return await (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    public static bool TrySetFromTask<T>(this TaskCompletionSource<T> source, Task<T> ended)
    {
        try
        {
            return source.TrySetResult(ended.GetAwaiter().GetResult());
        }
        catch (Exception e)
        {
            // A cancelled task cannot be given its exception here, and that matters more than its being called cancelled.
            return source.TrySetException(e);
        }
    }
}
#endif
