using System.Net.Http.Headers;

namespace SafeLaunch.Guarding;

/// <summary>
/// Brings the token with each request of a client to the server of the launch, and to no other server. It follows redirects itself: a
/// handler inside of it would take a cookie to each port of the host.
/// </summary>
internal sealed class TokenSender : DelegatingHandler
{
    private const string Cookie = "Cookie";

    private readonly string token;
    private readonly AccessCookie cookie;
    private readonly string authority;
    private readonly int mostRedirects;

    private TokenSender(HttpMessageHandler inner, string token, AccessCookie cookie, string authority, int mostRedirects)
        : base(inner)
    {
        this.token = token;
        this.cookie = cookie;
        this.authority = authority;
        this.mostRedirects = mostRedirects;
    }

    /// <param name="sockets">Configured already.</param>
    /// <param name="token">The token.</param>
    /// <param name="cookie">The cookie that stands for it.</param>
    /// <param name="address">The base address of the client.</param>
    public static TokenSender Around(SocketsHttpHandler sockets, string token, AccessCookie cookie, Uri address)
    {
        var redirects = Redirects.TakeOver(sockets);
        return new(sockets, token, cookie, address.Authority, redirects);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            var cookies = this.AddTo(request);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            SetCookies(request, cookies);
            if (redirects == this.mostRedirects || !Redirects.TryFollow(request, response))
            {
                return response;
            }
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            var cookies = this.AddTo(request);
            var response = base.Send(request, cancellationToken);
            SetCookies(request, cookies);
            if (redirects == this.mostRedirects || !Redirects.TryFollow(request, response))
            {
                return response;
            }
        }
    }

    /// <summary>The next server that the request is sent to must not get the cookie.</summary>
    private static void SetCookies(HttpRequestMessage request, string[] cookies)
    {
        request.Headers.Remove(Cookie);
        if (cookies.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(Cookie, cookies);
        }
    }

    /// <summary>As a cookie where the app's own authorization has the header of the bearer.</summary>
    /// <returns>The cookies that the caller has put into the request.</returns>
    private string[] AddTo(HttpRequestMessage request)
    {
        string[] cookies = request.Headers.TryGetValues(Cookie, out var values) ? [.. values] : [];
        if (string.Equals(request.RequestUri?.Authority, this.authority, StringComparison.OrdinalIgnoreCase))
        {
            if (request.Headers.Authorization is null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", this.token);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(Cookie, $"{this.cookie.Name}={this.cookie.Value}");
            }
        }

        return cookies;
    }
}
