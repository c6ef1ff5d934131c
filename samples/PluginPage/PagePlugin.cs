using Microsoft.AspNetCore.Builder;
using PluginContract;
using SafeLaunch;

namespace PluginPage;

/// <summary>A plugin with its own page, which leaves the main thread of its host alone.</summary>
public sealed class PagePlugin : IPlugin
{
    private LaunchHandle? page;

    public async Task<Uri> StartAsync()
    {
        this.page = await Launcher.For(RunPage, options =>
        {
            options.Name = "plugin page";
            options.UseLoopback();
        }).StartAsync();
        return this.page.Address;
    }

    public async Task StopAsync()
    {
        if (this.page is not null)
        {
            await this.page.DisposeAsync();
        }
    }

    // An everyday server, but for one thing: the current directory and the program are the host's, so it says where its files are.
    private static void RunPage()
    {
        var folder = Path.GetDirectoryName(typeof(PagePlugin).Assembly.Location);
        var app = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder }).Build();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapGet("/greeting", () => app.Configuration["Greeting"]);
        app.Run();
    }
}
