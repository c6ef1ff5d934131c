using System.Net;
using System.Net.Http.Headers;

namespace SafeLaunch.Guarding;

/// <summary>Brings the token with each request of a client of the launch, and to no other server.</summary>
internal sealed class TokenSender : DelegatingHandler
{
    private readonly string token;
    private readonly string authority;

    private TokenSender(HttpMessageHandler inner, string token, string authority)
        : base(inner)
    {
        this.token = token;
        this.authority = authority;
    }

    /// <param name="sockets">Configured already.</param>
    /// <param name="token">The token.</param>
    /// <param name="cookie">The cookie that stands for it.</param>
    /// <param name="address">The base address of the client.</param>
    public static TokenSender Around(SocketsHttpHandler sockets, string token, AccessCookie cookie, Uri address)
    {
        if (sockets.UseCookies)
        {
            // For redirects, which lose the header, and for requests that have one of the app's own.
            sockets.CookieContainer.Add(address, new Cookie(cookie.Name, cookie.Value, "/") { HttpOnly = true });
        }

        return new(sockets, token, address.Authority);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        this.AddTo(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        this.AddTo(request);
        return base.Send(request, cancellationToken);
    }

    private void AddTo(HttpRequestMessage request)
    {
        if (request.Headers.Authorization is null && string.Equals(request.RequestUri?.Authority, this.authority, StringComparison.OrdinalIgnoreCase))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", this.token);
        }
    }
}
