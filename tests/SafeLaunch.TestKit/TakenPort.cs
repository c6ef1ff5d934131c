using System.Net;
using System.Net.Sockets;

namespace SafeLaunch.TestKit;

/// <summary>A port of 127.0.0.1 on which other code listens.</summary>
internal sealed class TakenPort : IDisposable
{
    private const int First = 20_000;
    private const int Count = 10_000;

    // Each process begins elsewhere.
    private static int last = (Guid.NewGuid().GetHashCode() & 0xFFFF) % Count;

    private readonly TcpListener listener = new(IPAddress.Loopback, port: 0);

    public TakenPort()
    {
        this.listener.Start();
        this.Port = ((IPEndPoint)this.listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{this.Port}";

    /// <summary>
    /// A port that was free a moment ago, for a server which cannot have the system pick one. It lies below the ports that the system
    /// picks, so no server that runs meanwhile is given it.
    /// </summary>
    public static int ThatIsFreeAgain()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref last) % Count);
            try
            {
                using var attempt = new TcpListener(IPAddress.Loopback, port);
                attempt.Start();
                return port;
            }
            catch (SocketException)
            {
                // Other code has it.
            }
        }
    }

    public void Dispose() => this.listener.Dispose();
}
