using SafeLaunch.Readiness;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Finds an address of a launch that still answers after its stop.</summary>
internal static class AnsweringAddress
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Tries those of the addresses that are on the loopback, all at once, until all refuse or the deadline has passed: a
    /// server that was asked to end may still be closing. Null if none answers then.
    /// </summary>
    public static async Task<Uri?> FindAsync(IEnumerable<Uri> addresses, Deadline deadline)
    {
        var tries = addresses.Where(address => address.IsLoopback && address.Port > 0).Select(address => WatchAsync(address, deadline));
        return Array.Find(await Task.WhenAll(tries).ConfigureAwait(false), address => address is not null);
    }

    private static async Task<Uri?> WatchAsync(Uri address, Deadline deadline)
    {
        while (true)
        {
            var answers = await Task.Run(() => LoopbackPort.IsTaken(address.DnsSafeHost, address.Port)).ConfigureAwait(false);
            if (!answers || deadline.HasPassed)
            {
                return answers ? address : null;
            }

            await Task.Delay(Pause).ConfigureAwait(false);
        }
    }
}
