using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using PluginContract;
using SafeLaunch;

namespace LaunchPlugin;

/// <summary>Serves a file and a setting from its folder.</summary>
/// <param name="launcher">Makes it.</param>
public abstract class FilesPlugin(Func<Action<LaunchOptions>, Launcher> launcher) : IPlugin
{
    private LaunchHandle? handle;

    public static void Run(WebApplicationOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(options);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseStaticFiles();
        app.MapGet("/setting", () => app.Configuration["Setting"] ?? "none");
        app.Run();
    }

    public async Task<Uri> StartAsync()
    {
        this.handle = await launcher(options => options.UseLoopback()).StartAsync();
        return this.handle.Address;
    }

    public Task StopAsync() => this.handle!.StopAsync();
}

public sealed class DelegatePlugin() : FilesPlugin(configure => Launcher.For(
    () => Run(new() { ContentRootPath = Path.GetDirectoryName(typeof(DelegatePlugin).Assembly.Location) }),
    configure));

public sealed class ProgramPlugin() : FilesPlugin(_ => Launcher.ForProgram<ProgramPlugin>(options => options.UseLoopback()));

/// <summary>It does not know where it is: loaded from a stream, an assembly has no location.</summary>
/// <param name="folder">The host tells.</param>
public sealed class ToldPlugin(string folder) : FilesPlugin(configure => Launcher.For(() => Run(new() { ContentRootPath = folder }), configure));
