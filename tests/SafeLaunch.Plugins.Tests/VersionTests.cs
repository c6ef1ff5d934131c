namespace SafeLaunch.Plugins.Tests;

/// <summary>Two plugins that bring different versions of SafeLaunch, each with its own copy.</summary>
public sealed class VersionTests
{
    private const string Other = "99.0.0.0";

    private static readonly string Ours = typeof(Launcher).Assembly.GetName().Version!.ToString();

    [Test]
    public void Launches_of_two_versions_have_separate_hosts_and_each_serves_on_when_the_other_is_stopped()
    {
        var unloaded = Host.OnMainThread(async () =>
        {
            var ours = TestPlugin.Launching("RunningPage").Load();
            var other = OfOtherVersion("RunningPage").Load();
            var addresses = await Task.WhenAll(ours.StartAsync(), other.StartAsync());
            Assert.That(await Task.WhenAll(addresses.Select(Host.VisitAsync)), Is.EqualTo(new[] { Ours, Other }));

            await ours.StopAsync();
            Assert.That(await Host.VisitAsync(addresses[1]), Is.EqualTo(Other));

            await other.StopAsync();
            return new[] { ours.Unload(), other.Unload() };
        });

        Assert.That(unloaded.Select(context => context.IsCollected()), Is.All.True);
    }

    [Test]
    public void A_launch_does_not_detect_the_host_of_another_launch_that_it_starts([Values("RunningPage", "FlowingPage", "InvokedPage")] string started)
    {
        var unloaded = Host.OnMainThread(async () =>
        {
            var other = OfOtherVersion(started).Load();
            Uri? otherAddress = null;
            var ours = TestPlugin.Launching("StartingPage").Load(async () => otherAddress = await other.StartAsync());

            var address = await ours.StartAsync();
            Assert.That(await Host.VisitAsync(address), Is.EqualTo(Ours));
            Assert.That(await Host.VisitAsync(otherAddress!), Is.EqualTo(Other));

            await ours.StopAsync();
            Assert.That(await Host.VisitAsync(otherAddress!), Is.EqualTo(Other));

            await other.StopAsync();
            return new[] { ours.Unload(), other.Unload() };
        });

        Assert.That(unloaded.Select(context => context.IsCollected()), Is.All.True);
    }

    private static TestPlugin OfOtherVersion(string type) => new("tests/assets/Plugins/OtherVersionPlugin", type);
}
