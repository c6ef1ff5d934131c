using System.Net;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch;

/// <summary>An address that a web server is to bind.</summary>
internal static class AskedAddress
{
    /// <summary>Refuses addresses that the server would refuse when it starts, or would bind otherwise than they say.</summary>
    public static void ThrowIfInvalid(string? url, string parameter)
    {
        try
        {
            if (Fault(BindingAddress.Parse(url!)) is { } fault)
            {
                throw new ArgumentException($"'{url}' is no address that a web server can bind: {fault}", parameter);
            }
        }
        catch (Exception e) when (e is FormatException or NullReferenceException)
        {
            throw new ArgumentException($"'{url}' is no http or https address that a web server can bind.", parameter, e);
        }
    }

    private static string? Fault(BindingAddress address)
    {
        if (!IsAny(address.Scheme, "http", "https"))
        {
            return "it is neither an http nor an https address.";
        }

        if (address.PathBase.Length > 0)
        {
            return "it has a path. Leave it out, and call UsePathBase in the app.";
        }

        return address.IsUnixPipe || address.IsNamedPipe ? null : Fault(address.Host, address.Port);
    }

    private static string? Fault(string host, int port)
    {
        // A port that is no number is left in the host.
        if (port is < 0 or > 65535 || (host.AsSpan().ContainsAny(':', '[') && !IsIPv6(host)))
        {
            return "it has no such host or port.";
        }

        if (IsLocalName(host))
        {
            return port == 0 ? $"{host} stands for two interfaces, which cannot share a port that the system picks. Use 127.0.0.1." : null;
        }

        return host is "*" or "+" || IsIPv6(host) || IPAddress.TryParse(host, out _)
            ? null
            : $"the server would bind all interfaces, whatever '{host}' is. Use an IP address or localhost, or * if it is to bind all of them.";
    }

    private static bool IsIPv6(string host) => host is ['[', .. var inner, ']'] && IPAddress.TryParse(inner, out _);

    private static bool IsLocalName(string host) => IsAny(host, "localhost") || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsAny(string text, params string[] others) => others.Contains(text, StringComparer.OrdinalIgnoreCase);
}
