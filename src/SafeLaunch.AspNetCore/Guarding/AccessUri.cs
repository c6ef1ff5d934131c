namespace SafeLaunch.Guarding;

/// <summary>An address of a launch for a browser.</summary>
internal static class AccessUri
{
    /// <param name="handle">The launch.</param>
    /// <param name="path">The page; null for the first one.</param>
    /// <param name="tokenFor">The token or the one-time key that the address brings with it, by the port of the server; null for none.</param>
    public static Uri Of(LaunchHandle handle, string? path, Func<int, string>? tokenFor)
    {
        var address = handle.Addresses.FirstOrDefault(address => address.Scheme is "http" or "https" && !UnixSocket.TryParse(address, out _))
            ?? throw new LaunchException($"Launch '{handle.Name}' has no known http or https address that a browser can open. Start it with {nameof(WebLaunchOptionsExtensions.UseLoopback)}, {nameof(WebLaunchOptionsExtensions.UseUrls)} or {nameof(WebLaunchOptionsExtensions.ReportAddresses)}.");
        var page = new Uri(address, path ?? "");
        if (!string.Equals(page.GetLeftPart(UriPartial.Authority), address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{path}' is no path on the server of launch '{handle.Name}'. Write it as /orders or /orders?open=1.", nameof(path));
        }

        return tokenFor is null
            ? page
            : new UriBuilder(page) { Query = $"{(page.Query.Length > 1 ? $"{page.Query[1..]}&" : "")}{AccessToken.Parameter}={tokenFor(address.Port)}" }.Uri;
    }
}
