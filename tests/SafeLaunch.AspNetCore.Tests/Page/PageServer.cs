using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.AspNetCore.Tests.Page;

/// <summary>A web app that is no launch, and so has no guard of a launch, and that serves the page of the launches.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private PageServer(WebApplication app) => this.app = app;

    public Uri Address => new(this.app.Urls.First());

    /// <param name="map">Maps the page.</param>
    /// <param name="services">Adds services of the app.</param>
    /// <param name="caller">The address that callers seem to have; null for the real one.</param>
    public static async Task<PageServer> StartAsync(Action<WebApplication> map, Action<IServiceCollection>? services = null, string? caller = null)
    {
        var builder = WebHosts.Builder();
        services?.Invoke(builder.Services);
        var built = builder.Build();
        if (caller is not null)
        {
            built.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(caller);
                return next(context);
            });
        }

        map(built);
        await built.StartAsync().Within();
        return new(built);
    }

    public Task<RawRequest.Answer> GetAsync(string path, params string[] headers) => this.SendAsync("GET", path, headers);

    /// <summary>Posts as the page itself does.</summary>
    public Task<RawRequest.Answer> ActAsync(string action) => this.PostAsync(action, "Sec-Fetch-Site: same-origin");

    public Task<RawRequest.Answer> PostAsync(string action, params string[] headers) => this.SendAsync("POST", $"/launches/{action}", ["Content-Length: 0", .. headers]);

    public async ValueTask DisposeAsync()
    {
        await this.app.StopAsync().Within();
        await this.app.DisposeAsync();
    }

    private Task<RawRequest.Answer> SendAsync(string method, string path, string[] headers) => RawRequest.SendAsync(
        this.Address,
        [
            $"{method} {path} HTTP/1.1",
            .. headers.Any(header => header.StartsWith("Host:", StringComparison.Ordinal)) ? [] : new[] { $"Host: {this.Address.Authority}" },
            .. headers,
            "Connection: close",
        ]);
}
