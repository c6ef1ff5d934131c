using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace SafeLaunch.Guarding;

/// <summary>The answer to an address that brings the right token: a cookie, and the way to the same address without the token.</summary>
internal static class SignIn
{
    public static Task AnswerAsync(HttpContext context, AccessCookie cookie)
    {
        var (request, response) = (context.Request, context.Response);
        response.Cookies.Append(cookie.Name, cookie.Value, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = request.IsHttps,
            Path = "/",
        });
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";

        // One slash, since two begin the name of another host.
        var target = $"/{UriHelper.BuildRelative(path: request.Path, query: request.QueryString).TrimStart('/')}";
        if (request.Headers[FetchHeaders.Site] is ["cross-site"] or ["same-site"])
        {
            // A redirect would belong to the navigation that another site began, and the browser would not send the cookie with it.
            return GuardPage.WriteAsync(context, "<p>Opening the page …</p>", target);
        }

        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = target;
        return Task.CompletedTask;
    }
}
