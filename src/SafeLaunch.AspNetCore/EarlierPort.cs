using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch;

/// <summary>
/// Gives a web server that is started again the port which it had before, where the system was to pick one: open pages and other
/// clients find it again.
/// </summary>
/// <param name="earlier">The addresses of the earlier run, and of servers of this run that have stopped. Each web server takes as many as it asks for, in the order in which it did then.</param>
internal sealed class EarlierPort(ConcurrentQueue<Uri> earlier)
{
    /// <returns>The same address, with the earlier port if that port is free.</returns>
    public string PutInto(string url)
    {
        if (!earlier.TryDequeue(out var before))
        {
            return url;
        }

        var asked = BindingAddress.Parse(url);
        return !asked.IsUnixPipe && !asked.IsNamedPipe && asked.Port == 0 && IsFree(asked.Host, before.Port)
            ? $"{asked.Scheme}://{asked.Host}:{before.Port}"
            : url;
    }

    /// <summary>The server binds a moment later. Should another program come between, its start fails, and the next start finds the port taken.</summary>
    private static bool IsFree(string host, int port)
    {
        var address = host is "*" or "+" ? IPAddress.Any : IPAddress.Parse(host);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
