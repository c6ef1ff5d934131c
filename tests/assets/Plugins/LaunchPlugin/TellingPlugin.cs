using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using PluginContract;
using SafeLaunch;

namespace LaunchPlugin;

/// <summary>A page that tells which versions of SafeLaunch have set something in its host.</summary>
public abstract class TellingPlugin : IPlugin
{
    private const string Overlay = "SetBy";

    private LaunchHandle? handle;

    private static string Version { get; } = typeof(Launcher).Assembly.GetName().Version!.ToString();

    public async Task<Uri> StartAsync()
    {
        this.handle = await this.LaunchAsync(options =>
        {
            options.Configuration[$"{Overlay}:{Version}"] = "yes";
            options.UseLoopback();
        });
        return this.handle.Address;
    }

    public async Task StopAsync()
    {
        var hosts = this.handle!.Hosts.Count;
        await this.handle.StopAsync();
        if (hosts != 1)
        {
            throw new InvalidOperationException($"It detected {hosts} hosts.");
        }
    }

    protected abstract Task<LaunchHandle> LaunchAsync(Action<LaunchOptions> configure);

    protected static WebApplication BuildPage()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", () => string.Join(',', app.Configuration.GetSection(Overlay).GetChildren().Select(version => version.Key)));
        return app;
    }
}

public sealed class RunningPage : TellingPlugin
{
    protected override Task<LaunchHandle> LaunchAsync(Action<LaunchOptions> configure) => Launcher.For(() => BuildPage().Run(), configure).StartAsync();
}

/// <summary>Its launch has the flow of its caller.</summary>
public sealed class FlowingPage : TellingPlugin
{
    protected override Task<LaunchHandle> LaunchAsync(Action<LaunchOptions> configure) =>
        Launcher.For(() => BuildPage().Run(), configure + (options => options.FlowExecutionContext = true)).StartAsync();
}

/// <summary>Its page is built in the flow of its caller, on the thread of its launch.</summary>
public sealed class InvokedPage : TellingPlugin
{
    protected override async Task<LaunchHandle> LaunchAsync(Action<LaunchOptions> configure)
    {
        var handle = await Launcher.For(
            launch =>
            {
                launch.SignalReady();
                launch.Stopping.WaitHandle.WaitOne();
            },
            configure).StartAsync();
        await handle.InvokeAsync(() => BuildPage().StartAsync());
        return handle;
    }
}

/// <summary>Its launch starts another launch before its own page.</summary>
/// <param name="startOther">Another plugin, perhaps.</param>
public sealed class StartingPage(Func<Task> startOther) : TellingPlugin
{
    protected override Task<LaunchHandle> LaunchAsync(Action<LaunchOptions> configure) => Launcher.For(
        () =>
        {
            startOther().GetAwaiter().GetResult();
            BuildPage().Run();
        },
        configure).StartAsync();
}
