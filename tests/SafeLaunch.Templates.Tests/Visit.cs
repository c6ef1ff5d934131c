using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SafeLaunch.Templates.Tests;

/// <summary>Visits each template and looks at its pages.</summary>
internal static class Visit
{
    private static readonly byte[] Greeting = "\u0000\u0000\u0000\u0000\u0007\n\u0005Alice"u8.ToArray();

    /// <summary>Looks at the pages, styles and scripts of a template. Fails where one is missing, empty or another.</summary>
    public static Task LookAsync(string program, Uri? address) => program switch
    {
        "TemplateWeb" => ReadAsync(address, ("/", "Hello World!")),
        "TemplateWebApi" => ReadAsync(address, ("/weatherforecast", "temperatureC")),
        "TemplateWebApp" => ReadAsync(address, ("/", "Welcome"), ("/Privacy", "Privacy Policy"), ("/css/site.css", "font-size"), ($"/{program}.styles.css", ".border-top"), ("/lib/jquery/dist/jquery.min.js", "jQuery")),
        "TemplateMvc" => ReadAsync(address, ("/", "Welcome"), ("/Home/Privacy", "Privacy Policy"), ("/css/site.css", "font-size"), ($"/{program}.styles.css", ".border-top"), ("/Identity/Account/Register", "Create a new account"), ("/Identity/css/site.css", "font-size")),
        "TemplateBlazor" => ReadAsync(address, ("/", "Hello, world!"), ("/counter", "Current count"), ("/app.css", "font-family"), ($"/{program}.styles.css", ".sidebar"), ("/_framework/blazor.web.js", "Blazor")),
        "TemplateGrpc" => GreetAsync(address!),
        _ => Task.CompletedTask,
    };

    private static async Task ReadAsync(Uri? address, params (string Path, string Text)[] pages)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = Gate.Patience };
        foreach (var (path, text) in pages)
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(text), path);
        }
    }

    /// <summary>A gRPC call as it goes over the wire: HTTP/2 without TLS, a message of one string, and its answer.</summary>
    private static async Task GreetAsync(Uri address)
    {
        using var client = new HttpClient { Timeout = Gate.Patience };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/greet.Greeter/SayHello"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Greeting) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.TE.Add(new("trailers"));
        using var response = await client.SendAsync(request);

        Assert.That(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()), Does.EndWith("Hello Alice"));
        Assert.That(response.TrailingHeaders.GetValues("grpc-status"), Is.EqualTo(new[] { "0" }));
    }
}
