using System.Net.Sockets;
using SafeLaunch.Readiness;

namespace SafeLaunch;

/// <summary>Ready-made values of <see cref="LaunchOptions.ReadyWhen"/>, for servers that are no generic host.</summary>
/// <example>
/// <code>
/// using var handle = Launcher.Start(() => server.Listen(8080), new LaunchOptions { ReadyWhen = Ready.Tcp(8080) });
/// </code>
/// </example>
public static class Ready
{
    /// <summary>Ready when a connection to a port of this machine is accepted. The port becomes an address of the launch: <c>tcp://localhost:port</c>.</summary>
    /// <param name="port">From 1 to 65535.</param>
    /// <returns>What to set <see cref="LaunchOptions.ReadyWhen"/> to.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Tcp(int port)
    {
        if (port is < 1 or > 65535)
        {
            throw new ArgumentOutOfRangeException(nameof(port), port, "A TCP port is from 1 to 65535.");
        }

        return async (context, cancellationToken) =>
        {
            var address = new Uri($"tcp://localhost:{port}");
            await Probe.RepeatAsync(address.ToString(), token => ConnectAsync(port, token), cancellationToken).ConfigureAwait(false);
            Guard.NotNull(context, nameof(context)).AddAddresses(address);
        };
    }

    /// <summary>
    /// Ready when a GET of an address is answered, by whatever status below 500. It becomes an address of the launch. For https
    /// the certificate must be trusted; where it is not, use <see cref="Tcp"/>.
    /// </summary>
    /// <param name="uri">An absolute http or https address.</param>
    /// <returns>What to set <see cref="LaunchOptions.ReadyWhen"/> to.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="uri"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="uri"/> is not an absolute http or https address.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Http(Uri uri)
    {
        Guard.NotNull(uri, nameof(uri));
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{uri}' is not an absolute http or https address.", nameof(uri));
        }

        return async (context, cancellationToken) =>
        {
            using var handler = new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true, UseProxy = false };
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            await Probe.RepeatAsync($"GET {uri}", token => GetAsync(client, uri, token), cancellationToken).ConfigureAwait(false);
            Guard.NotNull(context, nameof(context)).AddAddresses(uri);
        };
    }

    /// <inheritdoc cref="Http(Uri)"/>
    /// <exception cref="UriFormatException"><paramref name="uri"/> is not an address.</exception>
    public static Func<LaunchContext, CancellationToken, Task> Http(string uri) =>
        Http(new Uri(Guard.NotNull(uri, nameof(uri)), UriKind.Absolute));

    private static async Task ConnectAsync(int port, CancellationToken cancellationToken)
    {
#if NET
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", port, cancellationToken).ConfigureAwait(false);
#else
        using var client = new TcpClient(AddressFamily.InterNetworkV6);
        client.Client.DualMode = true;
        using (cancellationToken.Register(client.Close))
        {
            await client.ConnectAsync("localhost", port).ConfigureAwait(false);
        }
#endif
    }

    private static async Task GetAsync(HttpClient client, Uri uri, CancellationToken cancellationToken)
    {
        // Not every runtime lets go of a request as soon as it is told to.
        var answer = client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.Forget();
        using var response = await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode >= 500)
        {
            throw new HttpRequestException($"it answered {(int)response.StatusCode}.");
        }
    }
}
