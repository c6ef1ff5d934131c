using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Guarding;

/// <summary>The answers of the guard itself to requests that it does not pass on.</summary>
internal static class Answers
{
    private const string TokenPage = """
        <h1>This page needs the address with the token</h1>
        <p>Open the address that the program shows which has launched this server. A program sends the token as <code>Authorization: Bearer</code>.</p>
        <p>Have you opened that address in this browser before, and come here by a link? Then <a href="/">continue to the start page</a>.</p>
        """;

    public static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.StatusCode = refusal.Status;
        if (refusal == Refusal.Token)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return Task.CompletedTask;
        }

        if (refusal == Refusal.Token && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return GuardPage.WriteAsync(context, TokenPage);
        }

        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(refusal.Text);
    }

    /// <summary>
    /// Lets a page of an allowed origin send the request that it asks for, which then brings the token; a browser asks without it. The app is
    /// not asked, since any program could send it such a question.
    /// </summary>
    public static Task AllowRequestOfPageAsync(HttpContext context)
    {
        var (request, response) = (context.Request.Headers, context.Response);
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowOrigin = request.Origin;
        response.Headers.AccessControlAllowCredentials = "true";
        response.Headers.AccessControlAllowMethods = request.AccessControlRequestMethod;
        response.Headers.AccessControlAllowHeaders = request.AccessControlRequestHeaders;
        response.Headers.Vary = "Origin";
        return Task.CompletedTask;
    }
}
