using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch;

/// <summary>An address of the form <c>http://unix:/path</c>, which names a file instead of a host and a port.</summary>
/// <param name="address">The address, as it was bound.</param>
internal sealed class UnixSocket(BindingAddress address)
{
    /// <summary>For requests: the server sees a host that it knows.</summary>
    public Uri BaseAddress { get; } = new($"{address.Scheme}://localhost{address.PathBase}/");

    public static bool TryParse(Uri uri, [NotNullWhen(true)] out UnixSocket? socket)
    {
        socket = uri.Host is "unix" && BindingAddress.Parse(uri.OriginalString) is { IsUnixPipe: true } address ? new(address) : null;
        return socket is not null;
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.UnixPipePath), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }
}
