using System.Net.Sockets;

namespace SafeLaunch.Readiness;

/// <summary>Waits until a connection is accepted.</summary>
internal sealed partial class TcpProbe(string host, int port, Uri address) : AddressProbe(address.OriginalString, address)
{
    /// <exception cref="SocketException">Nothing accepts the connection.</exception>
    protected override async Task TryAsync(CancellationToken cancellationToken)
    {
        using var client = await ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);

        // A connection to a closed port may get that very port as its own end, and is then connected to itself.
        if (Equals(client.Client.LocalEndPoint, client.Client.RemoteEndPoint))
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }
    }
}
