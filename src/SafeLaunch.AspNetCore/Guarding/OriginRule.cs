using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Guarding;

/// <summary>
/// A request comes from a page of this server, from a page of an allowed origin, from the user, or from no page at all. Browsers say
/// so by headers that a page cannot set.
/// </summary>
internal sealed class OriginRule(string[] allowed)
{
    private const string Site = "Sec-Fetch-Site";

    public Refusal? Check(HttpContext context)
    {
        var headers = context.Request.Headers;
        var site = headers[Site];
        var origin = headers.Origin;
        if (site.Count == 0 && origin.Count == 0)
        {
            // A program, or a browser from before 2023.
            return null;
        }

        if (site is ["same-origin"] || (site is ["none"] && origin.Count == 0) || (origin is [{ } sent] && this.IsFriend(context.Request, sent)))
        {
            return null;
        }

        return !IsNavigation(context.Request) ? Refusal.Origin : IsFramed(context.Request) ? this.CheckFrame(context) : null;
    }

    /// <summary>A page of this very server sends it, as its browser says. A program that says nothing is no such page.</summary>
    public static bool IsOwnPage(HttpRequest request) =>
        request.Headers[Site] is [{ } site] ? site is "same-origin" : request.Headers.Origin is [{ } origin] && IsOwn(request, origin);

    /// <summary>
    /// Whether a page of another origin may have chosen the address of the request, which passes as a navigation only: the user may not know what it does. A
    /// browser sends the cookie of the token with it, since for a cookie all ports of a host are the same site.
    /// </summary>
    public bool IsChosenByStranger(HttpRequest request) =>
        request.Headers[Site] is not ([] or ["none"] or ["same-origin"])
        && !(request.Headers.Origin is [{ } origin] && this.IsFriend(request, origin))
        && !(request.Headers.Referer is [{ } referrer] && Array.Exists(allowed, origin => referrer.StartsWith($"{origin}/", StringComparison.OrdinalIgnoreCase)));

    /// <summary>A link or an address opens a page. Its answer is shown to the user, and the page that has the link cannot read it.</summary>
    private static bool IsNavigation(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] is ["navigate"] && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    private static bool IsFramed(HttpRequest request) =>
        request.Headers["Sec-Fetch-Dest"] is not ([] or ["document"]);

    private static bool IsOwn(HttpRequest request, string origin)
    {
        var scheme = request.Scheme;
        var host = request.Headers.Host.ToString();
        return origin.Length == scheme.Length + 3 + host.Length
            && origin.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && origin.AsSpan(scheme.Length).StartsWith("://")
            && origin.EndsWith(host, StringComparison.OrdinalIgnoreCase);
    }

    private bool IsFriend(HttpRequest request, string origin) =>
        IsOwn(request, origin) || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);

    /// <summary>A page in a frame of a foreign page could be clicked by a user who does not see it. The request does not name that page, but the browser does not show the answer in another one than is named here.</summary>
    private Refusal? CheckFrame(HttpContext context)
    {
        if (allowed.Length == 0)
        {
            return Refusal.Frame;
        }

        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Append("Content-Security-Policy", $"frame-ancestors 'self' {string.Join(' ', allowed)}");
            return Task.CompletedTask;
        });
        return null;
    }
}
