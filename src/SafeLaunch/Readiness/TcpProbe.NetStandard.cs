#if !NET
using System.Net.Sockets;

namespace SafeLaunch.Readiness;

internal sealed partial class TcpProbe
{
    private static async Task<TcpClient> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var client = new TcpClient(Socket.OSSupportsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        try
        {
            if (Socket.OSSupportsIPv6)
            {
                client.Client.DualMode = true;
            }

            using (cancellationToken.Register(client.Close))
            {
                await client.ConnectAsync(host, port).ConfigureAwait(false);
            }

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
