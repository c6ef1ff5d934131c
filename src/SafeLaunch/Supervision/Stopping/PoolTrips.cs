namespace SafeLaunch.Supervision;

/// <summary>
/// Lets the thread pool run its queued work. Code that waits for the shutdown of a host goes on there, and is queued by the
/// request to stop.
/// </summary>
internal static class PoolTrips
{
    private const int Count = 3;

    public static async Task MakeAsync()
    {
        for (var i = 0; i < Count; i++)
        {
            var trip = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.QueueUserWorkItem(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), trip);
            await trip.Task.ConfigureAwait(false);
        }
    }
}
