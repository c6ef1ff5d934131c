namespace SafeLaunch.Plugins.Tests;

/// <summary>However a launch ends, nothing of SafeLaunch holds the plugin whose code was launched.</summary>
public sealed class LaunchTests
{
    [Test]
    public void A_plugin_is_collected_after_its_launch_has_ended(
        [Values("Crash", "Abandoned", "WholeLaunch", "CapturedHost", "DelegatePlugin", "ProgramPlugin")] string type,
        [Values] bool isShared) =>
        Assert.That(Host.RunOnce(TestPlugin.Launching(type, isShared), isVisited: false).IsCollected(), Is.True);

    [Test]
    public void A_plugin_is_collected_after_its_launch_has_failed_to_start([Values("FailingStart", "NeverReady")] string type, [Values] bool isShared)
    {
        var unloaded = Host.OnMainThread(async () =>
        {
            var loaded = TestPlugin.Launching(type, isShared).Load();
            var error = await StartErrorAsync(loaded);
            Assert.That(error, Is.EqualTo(type is "FailingStart" ? "PluginException" : "LaunchTimeoutException"));
            return loaded.Unload();
        });

        Assert.That(unloaded.IsCollected(), Is.True);

        // Only its name: the exception itself is of the plugin.
        static async Task<string> StartErrorAsync(LoadedPlugin loaded)
        {
            try
            {
                await loaded.StartAsync();
                return "none";
            }
            catch (Exception e)
            {
                return e.GetType().Name;
            }
        }
    }
}
