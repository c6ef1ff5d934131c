using System.Net.Sockets;

namespace SafeLaunch;

/// <summary>Launched web hosts that only programs of the same user can reach.</summary>
public static class UnixSocketExtensions
{
    /// <summary>
    /// Puts each launched web host on a Unix socket, for http, instead of the addresses that it has by itself, as <see cref="WebLaunchOptionsExtensions.UseUrls"/>
    /// does. Only this user can connect to it (mode 0600; on Windows, those who may write to the folder), and browsers cannot at all, so that it has
    /// no guard unless <see cref="AccessGuardExtensions.GuardAccess"/> asks for it. A socket that a crash has left is
    /// replaced. <see cref="LaunchHandle.Address"/> is then <c>http://unix:/path</c>, which <see cref="WebLaunchHandleExtensions.CreateClient(LaunchHandle, Action{SocketsHttpHandler}?)"/>
    /// understands.
    /// </summary>
    /// <param name="options">The options to add it to.</param>
    /// <param name="path">The path of the socket, in a folder that is there when the host starts; a relative one begins at the current directory of this call.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank, too long for a Unix socket (about 100 bytes), or has a colon.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no Unix sockets.</exception>
    /// <remarks>
    /// The start fails with an <see cref="IOException"/> where another server listens there or is about to, or where a file that is no socket has the path. Such a file is never deleted.
    /// </remarks>
    public static LaunchOptions UseUnixSocket(this LaunchOptions options, string path)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(path);
        if (!Socket.OSSupportsUnixDomainSockets)
        {
            throw new PlatformNotSupportedException("This system has no Unix sockets. Use UseLoopback.");
        }

        var file = UnixSocketFile.At(path, nameof(path));
        return options.ListenOn([file.Url], guardsByDefault: false, file);
    }
}
