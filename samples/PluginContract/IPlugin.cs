namespace PluginContract;

/// <summary>What the host and its plugins have in common, and all of it: an assembly that is loaded once, by the host.</summary>
public interface IPlugin
{
    /// <summary>Called once, on the main thread.</summary>
    /// <returns>Where its page is.</returns>
    Task<Uri> StartAsync();

    /// <summary>Called on the main thread before the plugin is unloaded.</summary>
    Task StopAsync();
}
