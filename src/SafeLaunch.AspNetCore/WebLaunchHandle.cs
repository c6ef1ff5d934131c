namespace SafeLaunch;

/// <summary>What a handle offers besides where the launch serves HTTP.</summary>
public static class WebLaunchHandle
{
    /// <summary>
    /// Makes an HTTP client whose base address is the launch: its first http address, or its first https address if it has none. It goes past
    /// any proxy. For a Unix socket, the base address is <c>http://localhost/</c>, and each connection goes to the socket. The
    /// caller disposes of it.
    /// </summary>
    /// <param name="handle">The launch.</param>
    /// <param name="configure">Changes the handler before it is used, such as which certificates it accepts; null for none.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> is null.</exception>
    /// <exception cref="LaunchException">The launch has no http or https address.</exception>
    public static HttpClient CreateClient(this LaunchHandle handle, Action<SocketsHttpHandler>? configure = null) =>
        handle.CreateClient(configure, []);

    /// <summary>
    /// Makes an HTTP client whose base address is the launch: its first http address, or its first https address if it has none. It goes past
    /// any proxy. For a Unix socket, the base address is <c>http://localhost/</c>, and each connection goes to the socket. The
    /// caller disposes of it.
    /// </summary>
    /// <param name="handle">The launch.</param>
    /// <param name="configure">Changes the handler before it is used, such as which certificates it accepts; null for none.</param>
    /// <param name="handlers">What each request passes through on its way, the first one first; each with no inner handler yet.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> or <paramref name="handlers"/> is null.</exception>
    /// <exception cref="LaunchException">The launch has no http or https address.</exception>
    public static HttpClient CreateClient(this LaunchHandle handle, Action<SocketsHttpHandler>? configure, params DelegatingHandler[] handlers)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(handlers);
        var address = handle.Addresses.FirstOrDefault(address => address.Scheme is "http")
            ?? handle.Addresses.FirstOrDefault(address => address.Scheme is "https")
            ?? throw new LaunchException($"Launch '{handle.Name}' has no known http or https address. Start it with {nameof(WebLaunchOptions.UseLoopback)}, {nameof(WebLaunchOptions.UseUrls)} or {nameof(WebLaunchOptions.ReportAddresses)}.");

        var sockets = new SocketsHttpHandler { UseProxy = false };
        if (UnixSocket.TryParse(address, out var socket))
        {
            sockets.ConnectCallback = socket.ConnectAsync;
            address = socket.BaseAddress;
        }

        configure?.Invoke(sockets);
        HttpMessageHandler outermost = sockets;
        foreach (var handler in handlers.Reverse())
        {
            handler.InnerHandler = outermost;
            outermost = handler;
        }

        return new(outermost) { BaseAddress = address };
    }
}
