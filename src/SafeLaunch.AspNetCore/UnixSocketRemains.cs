using System.Net.Sockets;

namespace SafeLaunch;

/// <summary>A file where a Unix socket is to be: a server that has crashed leaves its socket, and no other server could bind it again.</summary>
internal static class UnixSocketRemains
{
    /// <summary>Deletes a socket on which no server listens.</summary>
    /// <returns>Why the path cannot be bound; null if it can.</returns>
    public static string? FindObstacle(string path)
    {
        if (!Path.Exists(path))
        {
            return null;
        }

        if (Directory.Exists(path))
        {
            return "a folder has this path. Choose another one.";
        }

        if (!IsSocket(path))
        {
            return "a file that is no socket has this path. Choose another one, or delete the file.";
        }

        switch (Connect(path))
        {
            case SocketError.Success:
                return "another server listens there. Stop it, or choose another path.";
            case SocketError.ConnectionRefused:
                File.Delete(path);
                return null;
            case var error:
                return $"a socket has this path, and does not say whether a server listens there ({error}). Choose another path, or delete the socket.";
        }
    }

    /// <summary>A socket is the one kind of file that cannot be opened. Files of other users are left as they are.</summary>
    private static bool IsSocket(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static SocketError Connect(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
