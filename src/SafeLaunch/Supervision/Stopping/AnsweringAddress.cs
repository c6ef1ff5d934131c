using SafeLaunch.Readiness;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Finds an address of a launch that still answers after its stop.</summary>
internal static class AnsweringAddress
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>No single try takes longer, since a system may leave a connection open without an answer.</summary>
    private static readonly TimeSpan LongestTry = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Tries those of the addresses that are on the loopback, all at once, until none answers or the deadline has passed: a
    /// server that was asked to end may still be closing. Null if none answers.
    /// </summary>
    public static async Task<Uri?> FindAsync(IEnumerable<Uri> addresses, Deadline deadline)
    {
        var tries = addresses.Where(address => address.IsLoopback && address.Port > 0).Select(address => WatchAsync(address, deadline));
        return Array.Find(await Task.WhenAll(tries).ConfigureAwait(false), address => address is not null);
    }

    private static async Task<Uri?> WatchAsync(Uri address, Deadline deadline)
    {
        while (await AnswersAsync(address).ConfigureAwait(false))
        {
            if (deadline.HasPassed)
            {
                return address;
            }

            await Task.Delay(Pause).ConfigureAwait(false);
        }

        return null;
    }

    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var timeIsOver = new CancellationTokenSource(LongestTry);
        try
        {
            await TcpProbe.ConnectOnceAsync(address.DnsSafeHost, address.Port, timeIsOver.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // Refused, or no answer at all.
            return false;
        }
    }
}
