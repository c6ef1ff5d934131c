namespace SafeLaunch.Plugins.Tests;

/// <summary>The plugin of the samples.</summary>
public sealed class PageTests
{
    private static readonly TestPlugin Page = new("samples/PluginPage", "PagePlugin");

    [Test]
    public void It_is_collected_each_time_that_it_was_unloaded([Values] bool isVisited, [Values] bool isShared)
    {
        for (var round = 1; round <= 20; round++)
        {
            Assert.That(Host.RunOnce(Page.Sharing(isShared), isVisited).IsCollected(), Is.True, $"round {round}");
        }
    }
}
