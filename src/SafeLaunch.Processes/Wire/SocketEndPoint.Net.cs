#if NET
using System.Net;
using System.Net.Sockets;

namespace SafeLaunch.Wire;

/// <summary>The end point of a Unix socket.</summary>
internal static class SocketEndPoint
{
    public static EndPoint At(string path) => new UnixDomainSocketEndPoint(path);
}
#endif
