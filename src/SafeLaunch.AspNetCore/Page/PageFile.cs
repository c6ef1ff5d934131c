using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Page;

/// <summary>A file of the page, which the assembly carries, so that the app needs no folder of static files for it.</summary>
internal sealed class PageFile
{
    /// <summary>All that the page loads comes from where it comes from, in files; nothing is written into it.</summary>
    private const string ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly string contentType;
    private readonly byte[] content;

    private PageFile(string name, string contentType)
    {
        this.Name = name;
        this.contentType = contentType;
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream($"SafeLaunch.Page.{name}")!;
        this.content = new byte[stream.Length];
        stream.ReadExactly(this.content);
    }

    public static PageFile Page { get; } = new("page.html", "text/html; charset=utf-8");

    public static IReadOnlyList<PageFile> Parts { get; } =
    [
        new("page.css", "text/css; charset=utf-8"),
        new("page.js", "text/javascript; charset=utf-8"),
        new("launch.js", "text/javascript; charset=utf-8"),
        new("plot.js", "text/javascript; charset=utf-8"),
        new("icon.svg", "image/svg+xml"),
    ];

    public string Name { get; }

    public Task SendAsync(HttpContext context)
    {
        Secure(context.Response);
        context.Response.ContentType = this.contentType;
        context.Response.ContentLength = this.content.Length;
        return context.Response.Body.WriteAsync(this.content, context.RequestAborted).AsTask();
    }

    /// <summary>Sends it at an address that ends with a slash: the addresses of its parts begin there.</summary>
    public Task SendAsPageAsync(HttpContext context)
    {
        var path = context.Request.PathBase + context.Request.Path;
        if (path.Value!.EndsWith('/'))
        {
            return this.SendAsync(context);
        }

        // Relative to this address, so that it is right behind a proxy too and cannot name another host.
        var last = path.ToUriComponent();
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = $"./{last[(last.LastIndexOf('/') + 1)..]}/";
        return Task.CompletedTask;
    }

    /// <summary>The headers of each answer of the page.</summary>
    public static void Secure(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
    }
}
