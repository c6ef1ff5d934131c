using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Guarding;

/// <summary>A request brings the token of the launch: programs in a header, browsers in a cookie.</summary>
internal sealed class TokenRule(AccessToken token, string launch)
{
    private const string Bearer = "Bearer ";

    /// <summary>A host makes the rule before its server binds.</summary>
    private readonly long start = OneTimeKeys.Now;

    /// <param name="context">The request.</param>
    /// <param name="isChosenByStranger">Whether it may be a link of a page that cannot read the answer and only wants the request to be served.</param>
    public bool IsMet(HttpContext context, bool isChosenByStranger) => this.TakesBearer(context.Request) || (!isChosenByStranger && this.HasCookie(context));

    /// <summary>Whether the request opens the page by an address that brings the token. Its answer sets the cookie.</summary>
    public bool IsSignIn(HttpContext context) =>
        context.Features.Get<PresentedKey>() is { } presented && HttpMethods.IsGet(context.Request.Method) && token.Opens(presented.Value, new(context.Connection.LocalPort, this.start));

    public AccessCookie CookieOf(HttpContext context) => token.CookieOf(launch, context.Connection.LocalPort);

    /// <summary>Takes it out, since the app has no use for it, and its own sign-in may use this header.</summary>
    private bool TakesBearer(HttpRequest request)
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
