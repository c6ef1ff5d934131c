using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>Requests that no client library would send: the text goes to the server as it is.</summary>
internal static class RawRequest
{
    /// <summary>Sends lines, each ended as HTTP ends it, with an empty line after them, and reads until the server closes the connection.</summary>
    public static async Task<Answer> SendAsync(Uri address, params string[] lines)
    {
        var target = address.HostNameType == UriHostNameType.IPv6 ? IPAddress.Parse(address.Host) : IPAddress.Loopback;
        using var client = new TcpClient(target.AddressFamily);
        await client.ConnectAsync(target, address.Port).Within();
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => line + "\r\n")) + "\r\n")).AsTask().Within();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var text = await reader.ReadToEndAsync().Within();
        return new(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text);
    }

    /// <param name="Status">The status code.</param>
    /// <param name="Text">The whole answer, with its headers.</param>
    internal sealed record Answer(int Status, string Text);
}
