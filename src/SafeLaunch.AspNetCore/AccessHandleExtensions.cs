using SafeLaunch.Guarding;

namespace SafeLaunch;

/// <summary>How browsers and programs get past the guard of a launched web server.</summary>
public static class AccessHandleExtensions
{
#pragma warning disable CA1034 // It is no nested type.
    extension(LaunchHandle handle)
#pragma warning restore CA1034
    {
        /// <summary>
        /// Gets the address of the first page to open in a browser, as <see cref="GetAccessUri"/> does, which compilers from before C# 14 can
        /// call too.
        /// </summary>
        /// <exception cref="ArgumentNullException">The handle is null.</exception>
        /// <exception cref="LaunchException">The launch has no http or https address that a browser can open.</exception>
        public Uri AccessUri => handle.GetAccessUri();
    }

    /// <summary>
    /// Gets the address to open in a browser. Where the guard requires a token, the address brings it; the browser keeps a cookie in its
    /// place and goes on to the address without it. Can be asked for again, and opens any number of browsers. Everyone who reads it can
    /// use the server. Where no token is required, it is the plain address.
    /// </summary>
    /// <param name="handle">The launch.</param>
    /// <param name="path">The page, such as <c>/orders?open=1</c>; null for the first page.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> does not stay on the server.</exception>
    /// <exception cref="LaunchException">The launch has no http or https address that a browser can open.</exception>
    public static Uri GetAccessUri(this LaunchHandle handle, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return AccessUri.Of(handle, path, handle.Part<WebSettings>()?.Token is { } token ? _ => token.Text : null);
    }

    /// <summary>
    /// Gets the token that a program sends as <c>Authorization: Bearer</c>, for clients that <see cref="WebLaunchHandleExtensions.CreateClient(LaunchHandle, Action{SocketsHttpHandler}?)"/>
    /// does not make: SignalR, gRPC, WebSockets, other processes.
    /// </summary>
    /// <param name="handle">The launch.</param>
    /// <returns>43 letters, digits, hyphens and underscores; null if the guard requires no token.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handle"/> is null.</exception>
    public static string? GetAccessToken(this LaunchHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.Part<WebSettings>()?.Token?.Text;
    }
}
