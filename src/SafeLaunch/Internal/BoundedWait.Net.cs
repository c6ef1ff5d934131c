#if NET
namespace SafeLaunch.Internal;

internal static partial class BoundedWait
{
    /// <summary>The longest that a timer takes.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Whether the task ends in time and before the token is cancelled, however it ends. Its exception stays with it.</summary>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan timeout, CancellationToken giveUp = default)
    {
        if (!task.IsCompleted && timeout > TimeSpan.Zero)
        {
            await task.WaitAsync(timeout < LongestDelay ? timeout : LongestDelay, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return task.IsCompleted;
    }
}
#endif
