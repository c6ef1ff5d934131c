using System.Net;
using System.Net.Sockets;

namespace SafeLaunch.NUnitTests.SideBySide;

/// <summary>A port of the loopback on which no other code can listen until this is disposed.</summary>
internal sealed class TakenPort : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public TakenPort() => this.listener.Start();

    public string Url => $"http://{this.listener.LocalEndpoint}";

    public void Dispose() => this.listener.Dispose();
}
