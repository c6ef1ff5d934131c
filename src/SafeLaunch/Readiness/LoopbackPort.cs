using System.Net;
using System.Net.Sockets;

namespace SafeLaunch.Readiness;

/// <summary>
/// Asks the system whether something listens at a port of this machine. The system itself opens the connection, and blocks the calling
/// thread for it, so that a busy machine does not change the answer.
/// </summary>
internal static class LoopbackPort
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromMilliseconds(250);

    private static readonly bool IsUnix = Path.DirectorySeparatorChar == '/';

    /// <param name="host">An IP address, or a name that stands for both addresses of the loopback.</param>
    /// <param name="port">1 to 65535.</param>
    public static bool IsTaken(string host, int port) =>
        IPAddress.TryParse(host, out var address)
            ? IsTaken(address, port)
            : IsTaken(IPAddress.Loopback, port) || IsTaken(IPAddress.IPv6Loopback, port);

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            return IsAccepted(socket, new(address, port));
        }
        catch (SocketException)
        {
            // It refuses, or the machine has no such address.
            return false;
        }
    }

    /// <exception cref="SocketException">Nothing accepts the connection.</exception>
    private static bool IsAccepted(Socket socket, IPEndPoint target)
    {
        try
        {
            socket.Connect(target);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            if (!HasAnswer(socket))
            {
                // Unix refuses at once, and leaves a connection open where the server takes none. Windows goes on asking a closed port for seconds.
                return IsUnix;
            }
        }

        // A connection to a closed port may get that very port as its own end, and is then connected to itself.
        return (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! == 0 && !target.Equals(socket.LocalEndPoint);
    }

    private static bool HasAnswer(Socket socket)
    {
        List<Socket> connected = [socket];
        List<Socket> refused = [socket];
        Socket.Select(checkRead: null, connected, refused, (int)(LongestTry.TotalMilliseconds * 1_000));
        return connected.Count + refused.Count > 0;
    }
}
