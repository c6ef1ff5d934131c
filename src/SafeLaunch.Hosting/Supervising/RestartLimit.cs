namespace SafeLaunch.Supervising;

/// <summary>So many restarts within a period, and no more. For one flow at a time.</summary>
internal sealed class RestartLimit(int maxRestarts, TimeSpan period, TimeProvider timeProvider)
{
    private readonly Queue<long> restarts = [];

    /// <summary>Whether a restart has been refused.</summary>
    public bool IsReached { get; private set; }

    public bool TryRestart()
    {
        var now = timeProvider.GetTimestamp();
        while (this.restarts.TryPeek(out var oldest) && timeProvider.GetElapsedTime(oldest, now) >= period)
        {
            this.restarts.Dequeue();
        }

        if (this.restarts.Count >= maxRestarts)
        {
            this.IsReached = true;
            return false;
        }

        this.restarts.Enqueue(now);
        return true;
    }
}
