using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>A web app that runs other servers as its launches and maps their page, on a Kestrel that no guard of a launch stands in front of.</summary>
internal sealed class Operator : IAsyncDisposable
{
    private readonly WebApplication app;

    private Operator(WebApplication app) => this.app = app;

    public Shop Shop { get; private init; } = null!;

    public ILaunches Launches => this.app.Services.GetRequiredService<ILaunches>();

    /// <summary>The address of the page.</summary>
    public Uri Page => new(new Uri(this.app.Urls.First()), "/launches");

    public static async Task<Operator> StartAsync(Action<IServiceCollection>? add = null, int port = 0)
    {
        var shop = new Shop();
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", "--applicationName=Backoffice"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddLaunch("shop", shop.Run)
            .Configure(options => options.UseLoopback())
            .Supervised(options => options.Delay = TimeSpan.Zero);
        add?.Invoke(builder.Services);
        var built = builder.Build();
        built.MapLaunches("/launches");
        await built.StartAsync().Within();
        return new(built) { Shop = shop };
    }

    public async ValueTask DisposeAsync()
    {
        await this.app.StopAsync().Within();
        await this.app.DisposeAsync();
    }
}
