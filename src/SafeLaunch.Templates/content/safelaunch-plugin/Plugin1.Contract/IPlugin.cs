namespace Plugin1.Contract;

/// <summary>All that the host and its plugins have in common. The host loads this assembly, once for all plugins.</summary>
public interface IPlugin
{
    /// <summary>Shows the page of the plugin.</summary>
    /// <returns>The address of the page.</returns>
    Task<Uri> StartAsync();

    /// <summary>Ends the page, before the plugin is unloaded.</summary>
    Task StopAsync();
}
