using Microsoft.Extensions.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Hosting;

internal static class HostShutdown
{
    /// <summary>The time in which a web server aborts its connections once its shutdown time is over, and some more.</summary>
    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(1.5);

    /// <summary>The longest shutdown time of a host that lets it end, its connections aborted if need be, within the time of the stop.</summary>
    public static TimeSpan LongestWithin(TimeSpan stopTimeout)
    {
        var half = TimeSpan.FromTicks(stopTimeout.Ticks / 2);
        return stopTimeout - (half < AbortTime ? half : AbortTime);
    }

    /// <summary>Stops a host that no other code stops. Its time is over soon before the deadline, or when the grace ends.</summary>
    public static async Task StopAsync(IHost host, Deadline deadline, CancellationToken graceEnded)
    {
        using var timeIsOver = CancellationTokenSource.CreateLinkedTokenSource(graceEnded);
        timeIsOver.CancelAfter(LongestWithin(deadline.Remaining));
        await host.StopAsync(timeIsOver.Token).ConfigureAwait(false);
    }

    /// <summary>Stops a host that no other code stops, and disposes of it even if that fails.</summary>
    public static async Task StopAndDisposeAsync(IHost host, Deadline deadline, CancellationToken graceEnded)
    {
        try
        {
            await StopAsync(host, deadline, graceEnded).ConfigureAwait(false);
        }
        finally
        {
            await Disposal.DisposeAsync(host).ConfigureAwait(false);
        }
    }
}
