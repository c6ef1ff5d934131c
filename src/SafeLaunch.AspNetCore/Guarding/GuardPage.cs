using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Guarding;

/// <summary>The small pages of the guard. They load nothing, and no other page can show them in a frame.</summary>
internal static class GuardPage
{
    /// <param name="context">The request.</param>
    /// <param name="body">HTML.</param>
    /// <param name="next">The address that the browser opens after it; null to stay.</param>
    public static Task WriteAsync(HttpContext context, string body, string? next = null)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        var refresh = next is null ? "" : $"<meta http-equiv=\"refresh\" content=\"0;url={HtmlEncoder.Default.Encode(next)}\">";
        return response.WriteAsync($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>SafeLaunch</title>{refresh}</head><body>{body}</body></html>\n");
    }
}
