namespace SafeLaunch.Hosting;

internal static class HostShutdown
{
    /// <summary>What a web server takes to abort its connections once its shutdown time is over, and some more.</summary>
    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(1.5);

    /// <summary>The longest shutdown time of a host that lets it end, its connections aborted if need be, within the time of the stop.</summary>
    public static TimeSpan LongestWithin(TimeSpan stopTimeout)
    {
        var half = TimeSpan.FromTicks(stopTimeout.Ticks / 2);
        return stopTimeout - (half < AbortTime ? half : AbortTime);
    }
}
