using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Guarding;

/// <summary>
/// A request addresses this server by one of its names. A page that has made a foreign name stand for this machine (DNS rebinding)
/// sends that name, and no other sign of being foreign.
/// </summary>
/// <param name="allowed">Names besides the names that always stand for this machine.</param>
internal sealed class HostRule(string[] allowed)
{
    /// <summary>Most requests have the header of the one before.</summary>
    private volatile string? lastAllowed;

    public bool Allows(HttpContext context)
    {
        var headers = context.Request.Headers.Host;
        if (headers.Count != 1 || headers[0] is not { Length: > 0 } host)
        {
            return false;
        }

        if (string.Equals(host, this.lastAllowed, StringComparison.Ordinal))
        {
            return true;
        }

        var name = HostName.Of(host);
        if (!IsOfLoopback(name) && !this.IsAllowed(name) && !IsAddress(name, context.Connection.LocalIpAddress))
        {
            return false;
        }

        this.lastAllowed = host;
        return true;
    }

    /// <summary>Browsers and systems resolve these themselves, so that no foreign name server has a say.</summary>
    private static bool IsOfLoopback(ReadOnlySpan<char> name) =>
        IsSame(name, "127.0.0.1") || IsSame(name, "localhost") || IsSame(name, "[::1]") || EndsWith(name, ".localhost");

    /// <summary>The address at which the request has arrived. It is no name that could be made to stand for another machine.</summary>
    private static bool IsAddress(ReadOnlySpan<char> name, IPAddress? address) =>
        address switch
        {
            null => false,
            { AddressFamily: AddressFamily.InterNetwork } => IsSame(name, address.ToString()),
            { IsIPv4MappedToIPv6: true } => IsSame(name, address.MapToIPv4().ToString()),

            // Without the zone, which a browser does not send.
            _ => IsSame(name, $"[{new IPAddress(address.GetAddressBytes())}]"),
        };

    private static bool IsSame(ReadOnlySpan<char> name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool EndsWith(ReadOnlySpan<char> name, ReadOnlySpan<char> ending) =>
        name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private bool IsAllowed(ReadOnlySpan<char> name)
    {
        foreach (var other in allowed)
        {
            if (other is ['*', .. var ending] ? EndsWith(name, ending) : IsSame(name, other))
            {
                return true;
            }
        }

        return false;
    }
}
