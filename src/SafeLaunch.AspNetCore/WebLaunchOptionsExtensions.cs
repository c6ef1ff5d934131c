using SafeLaunch.Legacy;

namespace SafeLaunch;

/// <summary>Where launched web hosts listen, and what <see cref="LaunchHandle.Addresses"/> says of it.</summary>
/// <example>
/// <code>
/// using var handle = Launcher.For(() => Program.Main([]), options => options.UseLoopback()).Start();
/// using var client = handle.CreateClient();
/// </code>
/// </example>
public static class WebLaunchOptionsExtensions
{
    /// <summary>
    /// Puts each launched web host on a free port of 127.0.0.1, for http, instead of the addresses that its code asks for:
    /// <c>UseUrls</c>, <c>app.Urls</c>, <c>app.Run(url)</c>, Kestrel's <c>Listen</c> methods and <c>Kestrel:Endpoints</c>. The
    /// system picks the port as the server binds it. Once the host was asked to stop, it answers new connections to SignalR hubs,
    /// and so of Blazor pages, with 503 (Service Unavailable): a page that reconnects does not hold the stop up. A guard refuses the
    /// requests of foreign web pages; see <see cref="AccessGuardExtensions.GuardAccess"/>.
    /// </summary>
    /// <param name="options">The options to add it to.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <remarks>A host that was built before the launch cannot be moved; the start then fails with a <see cref="LaunchException"/>.</remarks>
    public static LaunchOptions UseLoopback(this LaunchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ListenOn(["http://127.0.0.1:0"], guardsByDefault: true);
    }

    /// <summary>
    /// Puts each launched web host on given addresses, instead of the addresses that its code asks for, as <see cref="UseLoopback"/> does. The
    /// guard of <see cref="UseLoopback"/> is there only with <see cref="AccessGuardExtensions.GuardAccess"/>. Of several calls the last one counts.
    /// </summary>
    /// <param name="options">The options to add it to.</param>
    /// <param name="urls">
    /// Addresses as ASP.NET Core takes them, such as <c>http://127.0.0.1:0</c>, <c>https://localhost:5001</c> or
    /// <c>http://unix:/run/app.sock</c>; at least one. The host is localhost, a name that ends with .localhost, an IP address, or
    /// <c>*</c> for all interfaces.
    /// </param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="urls"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="urls"/> is empty, or one of them is no http or https address that a web server can bind, or has another name as its host: a server binds all interfaces for such a name.</exception>
    public static LaunchOptions UseUrls(this LaunchOptions options, params string[] urls)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(urls);
        if (urls.Length == 0)
        {
            throw new ArgumentException("At least one address is needed.", nameof(urls));
        }

        foreach (var url in urls)
        {
            AskedAddress.ThrowIfInvalid(url, nameof(urls));
        }

        return options.ListenOn([.. urls], guardsByDefault: false);
    }

    /// <summary>
    /// Leaves each launched web host at the addresses that its code asks for, and puts the addresses that it has bound into
    /// <see cref="LaunchHandle.Addresses"/>, those of all interfaces as ones that can be dialled from this machine. A Unix
    /// socket is the address <c>http://unix:/path</c>, which <see cref="WebLaunchHandleExtensions.CreateClient(LaunchHandle, Action{SocketsHttpHandler}?)"/> understands. Named
    /// pipes are left out. Changes nothing in the host.
    /// </summary>
    /// <param name="options">The options to add it to.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static LaunchOptions ReportAddresses(this LaunchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        LegacySetting.AddVariableTo(options);
        WebSettings.Of(options).ReportAddresses();
        return options;
    }

    /// <summary>Puts each launched web host on addresses that are valid.</summary>
    internal static LaunchOptions ListenOn(this LaunchOptions options, string[] urls, bool guardsByDefault, UnixSocketFile? socket = null)
    {
        options.ReportAddresses();
        WebSettings.Of(options).ListenOn(new(urls, guardsByDefault, socket));
        return options;
    }
}
