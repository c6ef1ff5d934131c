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

    private static string? FaultOfHost(string host) =>
        host is "*" or "*."
            ? $"it stands for all names. Use {nameof(AccessGuardExtensions.AllowAnyAccess)} if that is meant."
            : HostName.Of(host).Length != host.Length || host.AsSpan(host.StartsWith("*.", StringComparison.Ordinal) ? 2 : 0).ContainsAny('*', '/')
                ? "it is no name of a host. Write it as example.com, *.example.com, 192.168.1.5 or [2001:db8::1], without scheme and port."
                : null;

    private static string? FaultOfOrigin(string origin)
    {
        if (origin is "null" or "*")
        {
            return "any page can have it as its origin.";
        }

        return !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !string.Equals(origin, $"{uri.Scheme}://{uri.Authority}", StringComparison.OrdinalIgnoreCase)
            ? "it is not written as a browser sends it. Write scheme://host:port, without a path, and without the port where it is the default one."
            : null;
    }

    private static string? FaultOfPath(string path) =>
        path[0] != '/' || path.AsSpan().ContainsAny('?', '#')
            ? "it is no path that begins with a slash."
            : path.AsSpan().Trim('/').Length == 0
                ? $"it stands for all paths. Use {nameof(AccessGuardExtensions.AllowAnyAccess)} if that is meant."
                : null;
}
