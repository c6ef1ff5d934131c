using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SafeLaunch;

/// <summary>The file of a Unix socket that a web server binds: of this user only. A socket that a crash has left is replaced.</summary>
internal sealed class UnixSocketFile
{
    private readonly string path;

    private UnixSocketFile(string path) => this.path = path;

    public string FilePath => this.path;

    /// <summary>The address that the server binds.</summary>
    public string Url => $"http://unix:{this.path}";

    /// <exception cref="ArgumentException">No socket can be there.</exception>
    public static UnixSocketFile At(string path, string parameter)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("The path of a Unix socket must be neither empty nor blank.", parameter);
        }

        var file = new UnixSocketFile(Path.GetFullPath(path));
        try
        {
            _ = new UnixDomainSocketEndPoint(file.path);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ArgumentException($"'{file.path}' is too long for a Unix socket: systems take about 100 bytes. Put it into a folder with a shorter path.", parameter, e);
        }

        return string.Equals(BindingAddress.Parse(file.Url).UnixPipePath, file.path, StringComparison.Ordinal)
            ? file
            : throw new ArgumentException($"'{file.path}' cannot be written as an address of a web server, where a colon ends the path of a Unix socket. Choose a path without one.", parameter);
    }

    /// <summary>Lets the server bind the file by this object.</summary>
    public void AddTo(SocketTransportOptions transport, string launch)
    {
        var bind = transport.CreateBoundListenSocket;
        transport.CreateBoundListenSocket = endPoint =>
            endPoint is UnixDomainSocketEndPoint && string.Equals(endPoint.ToString(), this.path, StringComparison.Ordinal)
                ? this.BindAndListen(() => bind(endPoint), transport.Backlog, launch)
                : bind(endPoint);
    }

    /// <summary>
    /// A server between its bind and its listen looks like a crashed one. So the socket already listens when it is returned, and no other launch looks at
    /// it before that. That the web server lets it listen again changes nothing.
    /// </summary>
    private Socket BindAndListen(Func<Socket> bind, int backlog, string launch)
    {
        if (!Directory.Exists(Path.GetDirectoryName(this.path)))
        {
            throw this.Error(launch, "its folder does not exist. Create it first.");
        }

        using var turn = this.TakeTurn(launch);
        if (UnixSocketRemains.FindObstacle(this.path) is { } obstacle)
        {
            throw this.Error(launch, obstacle);
        }

        var socket = bind();
        if (!OperatingSystem.IsWindows())
        {
            // The socket does not listen yet, so no other user has had the time to connect.
            File.SetUnixFileMode(this.path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        socket.Listen(backlog);
        return socket;
    }

    /// <summary>A file beside the socket, open for one process alone. It is deleted when it is closed; after a crash it is free.</summary>
    private FileStream TakeTurn(string launch)
    {
        var file = this.path + ".safelaunch-turn";
        try
        {
            return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw this.Error(launch, $"another server may be about to listen there, since the file '{file}' cannot be opened ({e.Message}). Stop it, or choose another path.", e);
        }
    }

    private IOException Error(string launch, string reason, Exception? cause = null) =>
        new($"Launch '{launch}' cannot listen on the Unix socket '{this.path}': {reason}", cause);
}
