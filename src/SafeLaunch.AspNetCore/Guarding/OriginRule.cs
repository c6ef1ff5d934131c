using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Guarding;

/// <summary>
/// A request comes from a page of this server, from a page of an allowed origin, from the user, or from no page at all. Browsers say
/// so by headers that a page cannot set.
/// </summary>
internal sealed class OriginRule(string[] allowed)
{
    /// <returns>Why the request is refused; null if it passes.</returns>
    public Refusal? Check(HttpRequest request) =>
        this.HasAllowedSender(request) ? null
        : !IsNavigation(request) ? Refusal.Origin
        : IsFramed(request) && allowed.Length == 0 ? Refusal.Frame
        : null;

    /// <summary>
    /// Names the pages that may show the answer in a frame, where another page may have asked for it: a user who does not see the frame could click in
    /// it. The request does not name that page, but a browser shows the answer in no other page than is named here.
    /// </summary>
    /// <param name="context">A request that has passed.</param>
    public void LimitFrames(HttpContext context)
    {
        if (allowed.Length == 0 || !IsFramed(context.Request) || this.HasAllowedSender(context.Request))
        {
            return;
        }

        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Append("Content-Security-Policy", $"frame-ancestors 'self' {string.Join(' ', allowed)}");
            return Task.CompletedTask;
        });
    }

    /// <summary>A page of this very server sends it, as its browser says. A program that says nothing is no such page.</summary>
    public static bool IsOwnPage(HttpRequest request) =>
        request.Headers[FetchHeaders.Site] is [{ } site] ? site is "same-origin" : request.Headers.Origin is [{ } origin] && IsOwn(request, origin);

    /// <summary>
    /// Whether a page of another origin may have chosen the address of the request, which passes as a navigation only: the user may not know what it does. A
    /// browser sends the cookie of the token with it, since for a cookie all ports of a host are the same site.
    /// </summary>
    public bool MayBeChosenByOtherPage(HttpRequest request) =>
        request.Headers[FetchHeaders.Site] is not ([] or ["none"] or ["same-origin"])
        && !(request.Headers.Origin is [{ } origin] && this.IsOwnOrAllowed(request, origin))
        && !(request.Headers.Referer is [{ } referrer] && Array.Exists(allowed, origin => referrer.StartsWith($"{origin}/", StringComparison.OrdinalIgnoreCase)));

    /// <summary>A link or an address opens a page. Its answer is shown to the user, and the page that has the link cannot read it.</summary>
    private static bool IsNavigation(HttpRequest request) =>
        request.Headers[FetchHeaders.Mode] is ["navigate"] && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    private static bool IsFramed(HttpRequest request) =>
        request.Headers[FetchHeaders.Destination] is not ([] or ["document"]);

    private static bool IsOwn(HttpRequest request, string origin)
    {
        var scheme = request.Scheme;
        var host = request.Headers.Host.ToString();
        return origin.Length == scheme.Length + 3 + host.Length
            && origin.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && origin.AsSpan(scheme.Length).StartsWith("://")
            && origin.EndsWith(host, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Without both headers the sender is a program, or a browser from before 2023.</summary>
    private bool HasAllowedSender(HttpRequest request)
    {
        var site = request.Headers[FetchHeaders.Site];
        var origin = request.Headers.Origin;
        return (site.Count == 0 && origin.Count == 0)
            || site is ["same-origin"]
            || (site is ["none"] && origin.Count == 0)
            || (origin is [{ } sent] && this.IsOwnOrAllowed(request, sent));
    }

    private bool IsOwnOrAllowed(HttpRequest request, string origin) =>
        IsOwn(request, origin) || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
