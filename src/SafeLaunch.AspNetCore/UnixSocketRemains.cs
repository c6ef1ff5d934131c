using System.Net.Sockets;

namespace SafeLaunch;

/// <summary>A file where a Unix socket is to be: a server that has crashed leaves its socket, and no other server could bind it again.</summary>
internal static class UnixSocketRemains
{
    private const int CantAccessFile = unchecked((int)0x80070780); // ERROR_CANT_ACCESS_FILE of Windows
    private const int NotSupported = 102; // EOPNOTSUPP of macOS
    private const int NoSuchDevice = 6; // ENXIO of Linux

    /// <summary>The error of opening a socket. .NET has no type for it, and passes on the number of the system.</summary>
    private static readonly int OpenedSocket = OperatingSystem.IsWindows() ? CantAccessFile : OperatingSystem.IsMacOS() ? NotSupported : NoSuchDevice;

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

    /// <summary>
    /// A socket cannot be opened, and each system has an error for that. Other files have other errors, such as that of a program that runs or of
    /// a file that another program has locked; they and the files of other users are left as they are, and so are links, since the link would be deleted.
    /// </summary>
    private static bool IsSocket(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (IOException e)
        {
            return e.HResult == OpenedSocket;
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
