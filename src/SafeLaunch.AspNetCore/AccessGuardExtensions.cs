namespace SafeLaunch;

/// <summary>Which requests a launched web server answers. <c>docs/security.md</c> says against whom it is guarded.</summary>
public static class AccessGuardExtensions
{
    /// <summary>
    /// Puts a guard in front of each launched web host, at any address. It refuses requests that do not address the server by one of
    /// its names (421), requests of web pages of other origins (403) and, with <see cref="AccessGuardOptions.RequireToken"/>,
    /// requests without the token (401). <see cref="WebLaunchOptionsExtensions.UseLoopback"/> has the guard by default; there this changes it.
    /// </summary>
    /// <param name="options">The options to add it to.</param>
    /// <param name="configure">Changes the guard, on top of earlier calls; null for nothing. Called at once.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">A host, an origin or a path is not written as the guard compares it; the message says how it is.</exception>
    /// <remarks>
    /// A host that was built before the launch cannot be guarded; the start then fails with a <see cref="LaunchException"/>. The launch logs a warning if it is ready and
    /// has detected no web host, so that nothing is guarded. A guarded host that was asked to stop answers new connections to SignalR hubs with 503,
    /// as with <see cref="WebLaunchOptionsExtensions.UseLoopback"/>.
    /// </remarks>
    public static LaunchOptions GuardAccess(this LaunchOptions options, Action<AccessGuardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebSettings.Of(options).Guard(configure);
        return options;
    }

    /// <summary>
    /// Takes the guard away: every program of every user of this machine, and every web page that a browser on it opens, can send
    /// requests to the launched web hosts. Each launch logs a warning of that. A later <see cref="GuardAccess"/> undoes it.
    /// </summary>
    /// <param name="options">The options to change.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static LaunchOptions AllowAnyAccess(this LaunchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebSettings.Of(options).AllowAnyAccess();
        return options;
    }
}
