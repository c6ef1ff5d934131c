namespace SafeLaunch;

/// <summary>What a handle offers besides where the launch serves HTTP.</summary>
public static class WebLaunchHandle
{
    /// <summary>
    /// Makes an HTTP client whose base address is the launch: its first http address, else its first https one. It goes past
    /// any proxy. The caller disposes of it.
    /// </summary>
    /// <param name="handle">The launch.</param>
    /// <param name="configure">Changes the handler before it is used, such as which certificates it accepts; null for none.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> is null.</exception>
    /// <exception cref="LaunchException">The launch has no http or https address.</exception>
    public static HttpClient CreateClient(this LaunchHandle handle, Action<SocketsHttpHandler>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var address = handle.Addresses.FirstOrDefault(address => address.Scheme is "http")
            ?? handle.Addresses.FirstOrDefault(address => address.Scheme is "https")
            ?? throw new LaunchException($"Launch '{handle.Name}' has no known http or https address. Start it with {nameof(WebLaunchOptions.UseLoopback)}, {nameof(WebLaunchOptions.UseUrls)} or {nameof(WebLaunchOptions.ReportAddresses)}.");

        var handler = new SocketsHttpHandler { UseProxy = false };
        configure?.Invoke(handler);
        return new(handler) { BaseAddress = address };
    }
}
