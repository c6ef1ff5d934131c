using System.IO.Pipes;
using System.Net.Sockets;
using SafeLaunch.Running;

namespace SafeLaunch.Wire;

/// <summary>How a child process reaches the launch that started it: a Unix socket, on Windows a named pipe. Both end when either process does.</summary>
internal static class ChannelAddress
{
    private const string Pipe = "pipe:";
    private const string Socket = "unix:";

    public static ChannelListener Listen() =>
        Native.IsUnix ? new SocketListener() : new PipeListener();

    public static string OfPipe(string name) => Pipe + name;

    public static string OfSocket(string path) => Socket + path;

    /// <exception cref="IOException">No process listens there.</exception>
    /// <exception cref="SocketException">No process listens there.</exception>
    public static Stream Connect(string address)
    {
        if (address.StartsWith(Pipe, StringComparison.Ordinal))
        {
            var pipe = new NamedPipeClientStream(".", address[Pipe.Length..], PipeDirection.InOut, PipeOptions.Asynchronous);
            pipe.Connect(timeout: 10_000);
            return pipe;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(SocketEndPoint.At(address[Socket.Length..]));
        return new NetworkStream(socket, ownsSocket: true);
    }
}
