using System.Reflection;
using PluginContract;
using PluginHost;

namespace SafeLaunch.Plugins.Tests;

/// <summary>A plugin in a separate context, to which no other object of the tests refers.</summary>
internal sealed class LoadedPlugin
{
    private PluginLoadContext? context;
    private IPlugin? plugin;

    public LoadedPlugin(PluginLoadContext context, Func<PluginLoadContext, Assembly> load, string type, object?[] arguments)
    {
        this.context = context;
        this.plugin = (IPlugin)Activator.CreateInstance(load(context).GetExportedTypes().Single(exported => exported.Name.Equals(type, StringComparison.Ordinal)), arguments)!;
    }

    public Task<Uri> StartAsync() => this.plugin!.StartAsync();

    public Task StopAsync() => this.plugin!.StopAsync();

    /// <summary>Releases it.</summary>
    public WeakReference Unload()
    {
        this.plugin = null;
        var unloaded = new WeakReference(this.context);
        this.context!.Unload();
        this.context = null;
        return unloaded;
    }
}
