namespace SafeLaunch.Plugins.Tests;

/// <summary>The plugin of the samples.</summary>
public sealed class PageTests
{
    private static readonly TestPlugin Page = new("samples/PluginPage", "PagePlugin");

    [Test]
    public void The_page_and_the_greeting_of_a_plugin_come_from_its_own_folder()
    {
        var (page, greeting) = Host.OnMainThread(async () =>
        {
            var loaded = Page.Load();
            var address = await loaded.StartAsync();
            var read = (await Host.VisitAsync(address), await Host.VisitAsync(new(address, "greeting")));
            await loaded.StopAsync();
            loaded.Unload();
            return read;
        });

        Assert.That(page, Does.Contain("<h1>Plugin page</h1>"));
        Assert.That(greeting, Is.EqualTo("Hello from the plugin's folder"));
    }

    [Test]
    public void A_plugin_with_a_page_is_collected_each_time_that_it_is_unloaded([Values] bool isVisited, [Values] bool isShared)
    {
        for (var round = 1; round <= 20; round++)
        {
            Assert.That(Host.RunOnce(Page.Sharing(isShared), isVisited).IsCollected(), Is.True, $"round {round}");
        }
    }
}
