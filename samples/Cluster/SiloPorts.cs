using System.Net;
using System.Net.Sockets;

namespace Cluster;

/// <summary>The two ports of a silo, which Orleans does not let the system pick.</summary>
internal sealed record SiloPorts(int Silo, int Gateway)
{
    /// <summary>Two that were free a moment ago.</summary>
    public static SiloPorts Free()
    {
        using var silo = new TcpListener(IPAddress.Loopback, port: 0);
        using var gateway = new TcpListener(IPAddress.Loopback, port: 0);
        silo.Start();
        gateway.Start();
        return new(PortOf(silo), PortOf(gateway));
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
