namespace SafeLaunch.Guarding;

/// <summary>Refuses exceptions to the guard that would never match, or that would let in more than they say.</summary>
internal static class AccessGuardCheck
{
    public static void ThrowIfInvalid(AccessGuardOptions options)
    {
        Check(options.AllowedHosts, nameof(options.AllowedHosts), FaultOfHost);
        Check(options.AllowedOrigins, nameof(options.AllowedOrigins), FaultOfOrigin);
        Check(options.Exempt, nameof(options.Exempt), FaultOfPath);
    }

    private static void Check(IList<string> values, string property, Func<string, string?> findFault)
    {
        foreach (var value in values)
        {
            if ((string.IsNullOrWhiteSpace(value) ? "it is blank." : findFault(value)) is { } fault)
            {
                throw new ArgumentException($"'{value}' cannot be in {nameof(AccessGuardOptions)}.{property}: {fault}", property);
            }
        }
    }

    private static string? FaultOfHost(string host)
    {
        if (host is "*" or "*.")
        {
            return $"it stands for all names. Use {nameof(AccessGuardExtensions.AllowAnyAccess)} if that is meant.";
        }

        var start = host.StartsWith("*.", StringComparison.Ordinal) ? 2 : 0;
        if (HostName.Of(host).Length != host.Length
            || host.AsSpan(start).ContainsAny('*', '/')
            || !Uri.TryCreate($"http://{host[start..]}", UriKind.Absolute, out var uri)
            || HostAsSent(uri) is not { } name)
        {
            return "it is no name of a host. Write it as example.com, *.example.com, 192.168.1.5 or [2001:db8::1], without scheme and port.";
        }

        return host.AsSpan(start).Equals(name, StringComparison.OrdinalIgnoreCase) ? null : $"browsers send it in another form. Write {host[..start]}{name}.";
    }

    private static string? FaultOfOrigin(string origin)
    {
        if (origin is "null" or "*")
        {
            return "any page can have it as its origin.";
        }

        return !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !string.Equals(origin, OriginAsSent(uri), StringComparison.OrdinalIgnoreCase)
            ? "it is not written as a browser sends it. Write scheme://host:port, without a path, without the port where it is the default one, and a name of other letters as xn--…"
            : null;
    }

    private static string OriginAsSent(Uri uri) => $"{uri.Scheme}://{HostAsSent(uri)}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}";

    /// <summary>A name in ASCII, or an IP address in its shortest form; null where no name can be written so.</summary>
    private static string? HostAsSent(Uri uri)
    {
        try
        {
            return uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        }
        catch (UriFormatException)
        {
            // A Uri does not check all letters when it is made.
            return null;
        }
    }

    private static string? FaultOfPath(string path) =>
        path[0] != '/' || path.AsSpan().ContainsAny('?', '#')
            ? "it is no path that begins with a slash."
            : path.AsSpan().Trim('/').Length == 0
                ? $"it stands for all paths. Use {nameof(AccessGuardExtensions.AllowAnyAccess)} if that is meant."
                : null;
}
