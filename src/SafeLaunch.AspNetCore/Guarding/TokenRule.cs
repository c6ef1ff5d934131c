using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Guarding;

/// <summary>A request brings the token of the launch: programs in a header, browsers in a cookie.</summary>
internal sealed class TokenRule(AccessToken token, string launch)
{
    private const string Bearer = "Bearer ";

    /// <summary>A host makes the rule before its server binds.</summary>
    private readonly long start = OneTimeKeys.Now;

    /// <summary>Takes the token out of the header of the request, or looks for the cookie.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mayBeChosenByOtherPage">Whether it may be a link of a page that cannot read the answer and only wants the request to be served.</param>
    /// <returns>Whether the request brings the one or the other.</returns>
    public bool TryAdmit(HttpContext context, bool mayBeChosenByOtherPage) => this.TryTakeBearer(context.Request) || (!mayBeChosenByOtherPage && this.HasCookie(context));

    /// <summary>Uses up the one-time key in the address of the request, or looks for the token there.</summary>
    /// <returns>Whether the address opens the page. The answer is to set the cookie.</returns>
    public bool TrySignIn(HttpContext context) =>
        context.Features.Get<AddressToken>() is { } presented && HttpMethods.IsGet(context.Request.Method) && token.TryOpen(presented.Value, new(context.Connection.LocalPort, this.start));

    public AccessCookie CookieOf(HttpContext context) => token.CookieOf(launch, context.Connection.LocalPort);

    /// <summary>Takes it out, since the app has no use for it, and its own sign-in may use this header.</summary>
    private bool TryTakeBearer(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } header]
            && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && AccessToken.AreSame(token.Text, header[Bearer.Length..].Trim()))
        {
            request.Headers.Authorization = default;
            return true;
        }

        return false;
    }

    private bool HasCookie(HttpContext context)
    {
        var cookie = this.CookieOf(context);
        return context.Request.Cookies.TryGetValue(cookie.Name, out var value) && AccessToken.AreSame(cookie.Value, value);
    }
}
