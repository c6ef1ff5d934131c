#if NET
using System.Net.Sockets;

namespace SafeLaunch.Readiness;

internal sealed partial class TcpProbe
{
    private static async Task<TcpClient> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (Exception)
        {
            client.Dispose();
            throw;
        }
    }
}
#endif
