using System.Net.Sockets;
using SafeLaunch.Running;

namespace SafeLaunch.Wire;

/// <summary>A Unix socket, for this user only.</summary>
internal sealed class SocketListener : ChannelListener
{
    /// <summary>What all systems take, in bytes.</summary>
    private const int LongestPath = 100;

    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string path;

    public SocketListener()
    {
        var file = $"safelaunch-{Secret()}";
        this.path = Path.Combine(Path.GetTempPath(), file);
        if (this.path.Length > LongestPath)
        {
            this.path = Path.Combine("/tmp", file);
        }

        try
        {
            this.socket.Bind(SocketEndPoint.At(this.path));

            // Before it listens, so that no other user has had the time to connect.
            Native.LetOnlyThisUserUse(this.path);
            this.socket.Listen(backlog: 8);
        }
        catch (SocketException)
        {
            this.socket.Dispose();
            throw;
        }
    }

    public override string Address => ChannelAddress.OfSocket(this.path);

    public override void Dispose()
    {
        this.socket.Dispose();
        File.Delete(this.path);
    }

    protected override async Task<Stream> AcceptAsync() => new NetworkStream(await this.socket.AcceptAsync().ConfigureAwait(false), ownsSocket: true);
}
