namespace SafeLaunch.Requests;

/// <summary>
/// Makes the requests of a client those of the test that sends them, and of the user of the client. What says so goes to the server alone.
/// </summary>
/// <param name="use">Prepares the server for the test that sends a request.</param>
/// <param name="secret">That of the user; null for no user.</param>
internal sealed class RequestSender(Func<CancellationToken, Task> use, string? secret) : DelegatingHandler
{
    private readonly HashSet<string> origins = new(StringComparer.OrdinalIgnoreCase);
    private int mostRedirects;

    /// <summary>Disposes of the client at the end of the server, which must not keep a client that its test has disposed of.</summary>
    public CancellationTokenRegistration AtEndOfServer { get; set; }

    /// <summary>Makes a client that sends by this.</summary>
    public HttpClient MakeClient(LaunchHandle server, Action<SocketsHttpHandler>? configure)
    {
        var client = server.CreateClient(Configure, this);
        this.origins.UnionWith(server.Addresses.Append(client.BaseAddress!).Select(OriginOf));
        return client;

        void Configure(SocketsHttpHandler handler)
        {
            configure?.Invoke(handler);
            this.mostRedirects = Redirects.TakeOver(handler);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await use(cancellationToken).ConfigureAwait(false);
        for (var redirects = 0; ; redirects++)
        {
            this.Mark(request);
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (redirects == this.mostRedirects || !Redirects.TryFollow(request, answer))
            {
                return answer;
            }
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        use(cancellationToken).GetAwaiter().GetResult();
        for (var redirects = 0; ; redirects++)
        {
            this.Mark(request);
            var answer = base.Send(request, cancellationToken);
            if (redirects == this.mostRedirects || !Redirects.TryFollow(request, answer))
            {
                return answer;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        this.AtEndOfServer.Unregister();
        base.Dispose(disposing);
    }

    /// <summary>All names of this machine are one, since a test may use another of them than the server.</summary>
    private static string OriginOf(Uri address) => $"{address.Scheme}://{(address.IsLoopback ? "localhost" : address.Host)}:{address.Port}";

    private void Mark(HttpRequestMessage request)
    {
        var test = RunningTest.FindCurrent();
        if (test is not null)
        {
            TestMark.WriteTrace(request, test);
        }

        // Of an earlier server, where this is the target of a redirect.
        request.Headers.Remove(TestMark.Name);
        if (secret is not null)
        {
            request.Headers.Remove(TestUsers.HeaderName);
        }

        if (!this.origins.Contains(OriginOf(request.RequestUri!)))
        {
            return;
        }

        if (test is not null)
        {
            TestMark.Write(request, test);
        }

        if (secret is not null)
        {
            request.Headers.Add(TestUsers.HeaderName, secret);
        }
    }
}
