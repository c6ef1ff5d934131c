#if !NET
namespace SafeLaunch.Internal;

internal static partial class BoundedWait
{
    /// <summary>The longest that a timer takes everywhere. .NET Framework takes no longer one.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Whether the task ends in time and before the token is cancelled, however it ends. Its exception stays with it.</summary>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan timeout, CancellationToken giveUp = default)
    {
        if (task.IsCompleted || timeout <= TimeSpan.Zero)
        {
            return task.IsCompleted;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        var first = await Task.WhenAny(task, Task.Delay(timeout < LongestDelay ? timeout : LongestDelay, ended.Token)).ConfigureAwait(false);
#pragma warning disable CA1849, VSTHRD103 // It only releases the timer; nothing is registered that could run user code.
        ended.Cancel();
#pragma warning restore CA1849, VSTHRD103
        return first == task;
    }
}
#endif
