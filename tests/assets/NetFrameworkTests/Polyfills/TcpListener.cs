using System.Net;

namespace SafeLaunch.TestKit;

/// <summary>A listener that can be disposed of.</summary>
internal sealed class TcpListener(IPAddress address, int port) : System.Net.Sockets.TcpListener(address, port), IDisposable
{
    public void Dispose() => this.Stop();
}
