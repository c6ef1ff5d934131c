using PluginContract;

namespace PluginHost;

/// <summary>A plugin from its loading to its unloading. No other object of the host refers to it.</summary>
internal sealed class LoadedPlugin
{
    private PluginLoadContext? context;
    private IPlugin? plugin;

    /// <param name="path">Of the plugin's assembly.</param>
    public LoadedPlugin(string path)
    {
        this.context = new(path, shared: typeof(IPlugin).Assembly.GetName().Name!);
        var type = this.context.LoadPlugin().GetExportedTypes().Single(typeof(IPlugin).IsAssignableFrom);
        this.plugin = (IPlugin)Activator.CreateInstance(type)!;
    }

    public Task<Uri> StartAsync() => this.plugin!.StartAsync();

    /// <summary>Stops and releases it.</summary>
    /// <returns>What tells whether it is gone.</returns>
    public async Task<WeakReference> UnloadAsync()
    {
        await this.plugin!.StopAsync();
        this.plugin = null;

        var unloaded = new WeakReference(this.context);
        this.context!.Unload();
        this.context = null;
        return unloaded;
    }
}
