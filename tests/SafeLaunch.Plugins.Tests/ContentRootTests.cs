using System.Net;

namespace SafeLaunch.Plugins.Tests;

/// <summary>The current directory is the host's; what belongs to a plugin is in the folder of the plugin.</summary>
public sealed class ContentRootTests
{
    private const string File = "a file of the plugin\n";
    private const string Setting = "a setting of the plugin";

    [Test]
    public void A_plugin_serves_files_and_reads_settings_from_its_folder([Values("DelegatePlugin", "ProgramPlugin")] string type)
    {
        var plugin = TestPlugin.Launching(type);
        Assert.That(Directory.GetCurrentDirectory(), Is.Not.EqualTo(Path.TrimEndingDirectorySeparator(plugin.Folder)));

        Assert.That(ReadFrom(plugin.Load()), Is.EqualTo((File, Setting)));
    }

    [Test]
    public void A_plugin_that_was_loaded_from_a_stream_is_given_its_folder()
    {
        var plugin = TestPlugin.Launching("ToldPlugin");

        Assert.That(ReadFrom(plugin.LoadFromStream(plugin.Folder)), Is.EqualTo((File, Setting)));
    }

    [Test]
    public void A_plugin_that_was_loaded_from_a_stream_gets_the_files_of_the_host_by_default() =>
        Assert.That(ReadFrom(TestPlugin.Launching("DelegatePlugin").LoadFromStream()), Is.EqualTo((nameof(HttpStatusCode.NotFound), "none")));

    private static (string File, string Setting) ReadFrom(LoadedPlugin plugin) => Host.OnMainThread(async () =>
    {
        var address = await plugin.StartAsync();
        var read = (await ReadAsync(new(address, "file.txt")), await ReadAsync(new(address, "setting")));
        await plugin.StopAsync();
        plugin.Unload();
        return read;
    });

    private static async Task<string> ReadAsync(Uri address)
    {
        try
        {
            return await Host.VisitAsync(address);
        }
        catch (HttpRequestException e) when (e.StatusCode is { } status)
        {
            return status.ToString();
        }
    }
}
