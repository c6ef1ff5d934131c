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
            var answers = await AnswersAsync(address).ConfigureAwait(false);
            if (answers == false || deadline.HasPassed)
            {
                return answers == true ? address : null;
            }

            await Task.Delay(Pause).ConfigureAwait(false);
        }
    }

    /// <summary>Null if the time of the try was over first, as on a machine that has no processor for it.</summary>
    private static async Task<bool?> AnswersAsync(Uri address)
    {
        using var timeIsOver = new CancellationTokenSource(LongestTry);
        try
        {
            await TcpProbe.ConnectOnceAsync(address.DnsSafeHost, address.Port, timeIsOver.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            return timeIsOver.IsCancellationRequested ? null : false;
        }
    }
}
