using SafeLaunch.Frameworks;

namespace SafeLaunch.Requests;

/// <summary>Marks the requests of a client as those of the test that sends them.</summary>
internal sealed class RequestSender(TestOutput output) : DelegatingHandler
{
    /// <summary>Disposes of the client at the end of the server, which must not keep a client that its test has disposed of.</summary>
    public CancellationTokenRegistration AtEndOfServer { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        this.Mark(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        this.Mark(request);
        return base.Send(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        this.AtEndOfServer.Unregister();
        base.Dispose(disposing);
    }

    private void Mark(HttpRequestMessage request)
    {
        if (output.Attend() is { } test)
        {
            TestMark.Write(request, test);
        }
    }
}
