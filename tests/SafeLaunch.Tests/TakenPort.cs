using System.Net;
using System.Net.Sockets;

namespace SafeLaunch.Tests;

/// <summary>A port of 127.0.0.1 on which other code listens.</summary>
internal sealed class TakenPort : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, port: 0);

    public TakenPort()
    {
        this.listener.Start();
        this.Port = ((IPEndPoint)this.listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    /// <summary>A port that was free a moment ago, for a server which cannot have the system pick one.</summary>
    public static int ThatIsFreeAgain()
    {
        using var port = new TakenPort();
        return port.Port;
    }

    public void Dispose() => this.listener.Dispose();
}
