using Microsoft.AspNetCore.Builder;
using Plugin1.Contract;
using SafeLaunch;

namespace Plugin1;

/// <summary>A plugin with a web page. The main thread stays the host's.</summary>
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

    // The current directory is the host's, so the plugin says where its files are.
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
