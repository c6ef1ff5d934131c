using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using PluginContract;

namespace PlainPlugin;

/// <summary>A plugin with a web server and nothing of SafeLaunch.</summary>
public abstract class PlainServer : IPlugin
{
    private WebApplication? app;

    public async Task<Uri> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        this.Add(builder);

        this.app = builder.Build();
        this.Map(this.app);
        await this.app.StartAsync();
        return new(this.app.Urls.Single());
    }

    public async Task StopAsync()
    {
        await this.app!.StopAsync();
        await this.app.DisposeAsync();
    }

    protected virtual void Add(WebApplicationBuilder builder)
    {
    }

    protected abstract void Map(WebApplication app);
}
