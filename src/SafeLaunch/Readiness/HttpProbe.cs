using System.Net;

namespace SafeLaunch.Readiness;

/// <summary>Waits until a GET is answered with a status that counts as ready.</summary>
internal sealed class HttpProbe(Uri uri, Func<HttpStatusCode, bool> isReady) : AddressProbe($"GET {uri}", uri)
{
    protected override async Task TryAsync(CancellationToken cancellationToken)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };

        // Not every runtime ends a request as soon as its token is cancelled.
        var answer = client.GetAsync(this.Address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.Forget();
        using var response = await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!isReady(response.StatusCode))
        {
            throw new HttpRequestException($"it answered {(int)response.StatusCode}.");
        }
    }
}
