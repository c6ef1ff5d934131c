using SafeLaunch.Guarding;

namespace SafeLaunch;

/// <summary>HTTP clients for a launch that serves HTTP.</summary>
public static class WebLaunchHandleExtensions
{
    /// <summary>
    /// Makes an HTTP client whose base address is the launch: its first http address, or its first https address if it has none. It goes past
    /// any proxy. For a Unix socket, the base address is <c>http://localhost/</c>, and each connection goes to the socket. It brings
    /// the token of the launch, where the guard requires one, to that address only. The caller disposes of it.
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
    /// any proxy. For a Unix socket, the base address is <c>http://localhost/</c>, and each connection goes to the socket. It brings
    /// the token of the launch, where the guard requires one, to that address only. The caller disposes of it.
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
            ?? throw new LaunchException($"Launch '{handle.Name}' has no known http or https address. Start it with {nameof(WebLaunchOptionsExtensions.UseLoopback)}, {nameof(WebLaunchOptionsExtensions.UseUrls)} or {nameof(WebLaunchOptionsExtensions.ReportAddresses)}.");

        var sockets = new SocketsHttpHandler { UseProxy = false };
        var port = address.Port;
        if (UnixSocket.TryParse(address, out var socket))
        {
            sockets.ConnectCallback = socket.ConnectAsync;
            address = socket.BaseAddress;
            port = 0;
        }

        configure?.Invoke(sockets);
        HttpMessageHandler outermost = handle.Part<WebSettings>() is { Token: { } token } settings && settings.CookieAt(port) is { } cookie
            ? TokenSender.Around(sockets, token.Text, cookie, address)
            : sockets;
        foreach (var handler in Enumerable.Reverse(handlers))
        {
            handler.InnerHandler = outermost;
            outermost = handler;
        }

        return new(outermost) { BaseAddress = address };
    }
}
