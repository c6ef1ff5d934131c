#if !NET
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SafeLaunch.Wire;

/// <summary>The end point of a Unix socket, which .NET Standard does not have.</summary>
internal sealed class SocketEndPoint : EndPoint
{
    private const int LengthOfFamily = 2;

    private readonly byte[] path;

    private SocketEndPoint(string path) => this.path = Encoding.UTF8.GetBytes(path);

    public override AddressFamily AddressFamily => AddressFamily.Unix;

    public static EndPoint At(string path) => new SocketEndPoint(path);

    /// <summary>The other end of a connection, which has no path.</summary>
    public override EndPoint Create(SocketAddress socketAddress) => new SocketEndPoint("");

    public override SocketAddress Serialize()
    {
        // The last byte is zero.
        var address = new SocketAddress(AddressFamily.Unix, LengthOfFamily + this.path.Length + 1);
        for (var i = 0; i < this.path.Length; i++)
        {
            address[LengthOfFamily + i] = this.path[i];
        }

        return address;
    }
}
#endif
