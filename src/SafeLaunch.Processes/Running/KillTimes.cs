namespace SafeLaunch.Running;

/// <summary>The times of the last rung of a stop. Together they are shorter than the two seconds by which a stop may outlast its time-out.</summary>
internal static class KillTimes
{
    /// <summary>How long a process may take to end once the time for its code is over.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the system may take to end a process that was killed.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMilliseconds(500);

    /// <summary>Both, and the time to report them.</summary>
    public static readonly TimeSpan All = TimeSpan.FromMilliseconds(1_200);
}
