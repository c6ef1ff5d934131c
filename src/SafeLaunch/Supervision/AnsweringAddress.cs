using System.Net.Sockets;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Finds an address of a launch that still answers after its stop.</summary>
internal static class AnsweringAddress
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>No single try takes longer, since a machine that does not answer at all takes its time.</summary>
    private static readonly TimeSpan LongestTry = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Tries those of the addresses that belong to this machine until none answers or the deadline has passed: a server that was
    /// asked to end may still be closing. Null if none answers.
    /// </summary>
    public static async Task<Uri?> FindAsync(IEnumerable<Uri> addresses, Deadline deadline)
    {
        Uri? answering = null;
        foreach (var address in addresses.Where(address => address.IsLoopback && address.Port > 0))
        {
            while (await AnswersAsync(address).ConfigureAwait(false))
            {
                answering = address;
                if (deadline.HasPassed)
                {
                    return answering;
                }

                await Task.Delay(Pause).ConfigureAwait(false);
            }

            answering = null;
        }

        return answering;
    }

    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var client = new TcpClient();
        var connect = client.ConnectAsync(address.DnsSafeHost, address.Port);
        connect.Forget();
        return await connect.EndsWithinAsync(LongestTry).ConfigureAwait(false) && connect.Status == TaskStatus.RanToCompletion;
    }
}
