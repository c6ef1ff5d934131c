namespace SafeLaunch;

/// <summary>Which requests the guard of a launched web server lets in besides the requests of the server's pages and of programs.</summary>
/// <example>
/// <code>
/// options.UseLoopback().GuardAccess(guard =>
/// {
///     guard.AllowedOrigins.Add("http://localhost:5173");
///     guard.RequireToken = true;
/// });
/// </code>
/// </example>
public sealed class AccessGuardOptions
{
    /// <summary>
    /// Gets the names by which the server may be addressed, besides localhost, names that end with .localhost, 127.0.0.1, [::1] and the IP
    /// address at which the request arrives. A name has no port, since any port is allowed; <c>*.example.com</c> stands for all names
    /// that end with .example.com. Written as browsers send it: a name of other letters as <c>xn--…</c>, an IP address in its shortest form. Default: empty.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>
    /// Gets the origins of other servers whose pages may send requests, open WebSockets and show pages of this server in a frame, such as
    /// <c>http://localhost:5173</c>. Compared as browsers send them: scheme, host, and the port unless it is the default one. Which
    /// answers such a page may read is decided by the CORS policy of the app. Default: empty.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Gets the paths, with all below them, for which only the Host header is checked, such as <c>/signin-oidc</c>, to which a sign-in
    /// page posts its form, or <c>/health</c>. Any web page and any program can send requests to them. They are compared with the path of the request as it
    /// arrives: where the app calls <c>UsePathBase("/shop")</c>, write <c>/shop/health</c>. Default: empty.
    /// </summary>
    public IList<string> Exempt { get; } = [];

    /// <summary>
    /// Gets or sets whether each request needs the token of the launch: as <c>Authorization: Bearer</c>, or as the cookie that a browser
    /// gets when it opens <see cref="AccessHandleExtensions.GetAccessUri"/>. Keeps out the programs of other users of the machine. All
    /// launches of one <see cref="Launcher"/> have the same token. Default: false.
    /// </summary>
    public bool RequireToken { get; set; }

    internal AccessGuardOptions Copy()
    {
        var copy = new AccessGuardOptions { RequireToken = this.RequireToken };
        Add(this.AllowedHosts, copy.AllowedHosts);
        Add(this.AllowedOrigins, copy.AllowedOrigins);
        Add(this.Exempt, copy.Exempt);
        return copy;

        static void Add(IList<string> values, IList<string> target)
        {
            foreach (var value in values)
            {
                target.Add(value);
            }
        }
    }
}
