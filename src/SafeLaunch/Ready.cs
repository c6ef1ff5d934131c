using System.Net;
using SafeLaunch.Readiness;

namespace SafeLaunch;

/// <summary>
/// Ready-made probes for <see cref="LaunchOptions.ReadyWhen"/>, for servers that are no generic host. Each also looks before the
/// launch begins: if its address is ready already, another server listens there, and the start fails with a <see cref="LaunchException"/>.
/// </summary>
/// <example>
/// <code>
/// using var handle = Launcher.For(() => server.Listen(8080), options => options.ReadyWhen(Ready.Tcp(8080))).Start();
/// </code>
/// </example>
public static class Ready
{
    private const string Localhost = "localhost";

    /// <summary>Ready when a connection to a port of this machine is accepted. The port becomes an address of the launch: <c>tcp://localhost:port</c>.</summary>
    /// <param name="port">From 1 to 65535.</param>
    /// <returns>The probe, for <see cref="LaunchOptions.ReadyWhen"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Tcp(int port) => Tcp(Localhost, port);

    /// <summary>Ready when a connection to a port of this machine is accepted. The port becomes an address of the launch: <c>scheme://localhost:port</c>.</summary>
    /// <param name="port">From 1 to 65535.</param>
    /// <param name="scheme">The scheme of the address, such as <c>http</c> for a server whose answers do not matter.</param>
    /// <returns>The probe, for <see cref="LaunchOptions.ReadyWhen"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scheme"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="scheme"/> is no scheme of an address.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Tcp(int port, string scheme) => Tcp(Localhost, port, scheme);

    /// <summary>Ready when a connection to a port of a host is accepted. It becomes an address of the launch: <c>tcp://host:port</c>.</summary>
    /// <param name="host">The name of a host, or an IP address.</param>
    /// <param name="port">From 1 to 65535.</param>
    /// <returns>The probe, for <see cref="LaunchOptions.ReadyWhen"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is neither the name of a host nor an IP address.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Tcp(string host, int port) => Tcp(host, port, "tcp");

    /// <summary>Ready when a connection to a port of a host is accepted. It becomes an address of the launch: <c>scheme://host:port</c>.</summary>
    /// <param name="host">The name of a host, or an IP address.</param>
    /// <param name="port">From 1 to 65535.</param>
    /// <param name="scheme">The scheme of the address, such as <c>http</c> for a server whose answers do not matter.</param>
    /// <returns>The probe, for <see cref="LaunchOptions.ReadyWhen"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> or <paramref name="scheme"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is neither the name of a host nor an IP address, or <paramref name="scheme"/> is no scheme of an address.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Tcp(string host, int port, string scheme)
    {
        var kind = Uri.CheckHostName(Guard.NotNull(host, nameof(host)));
        if (kind == UriHostNameType.Unknown)
        {
            throw new ArgumentException($"'{host}' is neither the name of a host nor an IP address.", nameof(host));
        }

        if (port is < 1 or > 65535)
        {
            throw new ArgumentOutOfRangeException(nameof(port), port, "A TCP port is from 1 to 65535.");
        }

        if (!Uri.CheckSchemeName(Guard.NotNull(scheme, nameof(scheme))))
        {
            throw new ArgumentException($"'{scheme}' is no scheme of an address.", nameof(scheme));
        }

        var bare = host.Trim('[', ']');
        return new TcpProbe(bare, port, new($"{scheme}://{(kind == UriHostNameType.IPv6 ? $"[{bare}]" : bare)}:{port}")).WaitAsync;
    }

    /// <summary>
    /// Ready when a GET of an address is answered, by any status below 500. It becomes an address of the launch. For https
    /// the certificate must be trusted; where it is not, use <see cref="Tcp(int, string)"/>.
    /// </summary>
    /// <param name="uri">An absolute http or https address.</param>
    /// <returns>The probe, for <see cref="LaunchOptions.ReadyWhen"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="uri"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="uri"/> is not an absolute http or https address.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Http(Uri uri) => Http(uri, static status => (int)status < 500);

    /// <summary>Ready when a GET of an address is answered by a status that counts as ready. It becomes an address of the launch.</summary>
    /// <param name="uri">An absolute http or https address.</param>
    /// <param name="isReady">Whether a status counts as ready. Called for each answer, on a thread-pool thread. If it throws, the answer does not count.</param>
    /// <returns>The probe, for <see cref="LaunchOptions.ReadyWhen"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="uri"/> or <paramref name="isReady"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="uri"/> is not an absolute http or https address.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Http(Uri uri, Func<HttpStatusCode, bool> isReady)
    {
        Guard.NotNull(uri, nameof(uri));
        Guard.NotNull(isReady, nameof(isReady));
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{uri}' is not an absolute http or https address.", nameof(uri));
        }

        return new HttpProbe(uri, isReady).WaitAsync;
    }

    /// <inheritdoc cref="Http(Uri)"/>
    /// <exception cref="UriFormatException"><paramref name="uri"/> is not an address.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Http(string uri) => Http(Parse(uri));

    /// <inheritdoc cref="Http(Uri, Func{HttpStatusCode, bool})"/>
    /// <exception cref="UriFormatException"><paramref name="uri"/> is not an address.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Http(string uri, Func<HttpStatusCode, bool> isReady) => Http(Parse(uri), isReady);

    /// <summary>Ready when all of several are; they wait side by side. The first that fails fails the start.</summary>
    /// <param name="probes">Of <see cref="Ready"/>, or others that <see cref="LaunchOptions.ReadyWhen"/> takes; at least one.</param>
    /// <returns>The probe, for <see cref="LaunchOptions.ReadyWhen"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="probes"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="probes"/> is empty, or one of them is null.</exception>
    public static Func<LaunchContext, CancellationToken, Task> All(params Func<LaunchContext, CancellationToken, Task>[] probes)
    {
        Guard.NotNull(probes, nameof(probes));
        if (probes.Length == 0 || Array.IndexOf(probes, null) >= 0)
        {
            throw new ArgumentException("At least one probe is needed, and none may be null.", nameof(probes));
        }

        return new AllProbes([.. probes]).WaitAsync;
    }

    private static Uri Parse(string uri) => new(Guard.NotNull(uri, nameof(uri)), UriKind.Absolute);
}
