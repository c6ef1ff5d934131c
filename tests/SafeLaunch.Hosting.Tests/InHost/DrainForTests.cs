using Microsoft.Extensions.DependencyInjection;
using SafeLaunch.Hosting.Tests.Supervising;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>How long a launch drains, by code and by the configuration of its host.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DrainForTests : IAsyncDisposable
{
    private readonly Outer outer = new();

    public ValueTask DisposeAsync() => this.outer.DisposeAsync();

    [Test]
    public async Task The_key_DrainFor_sets_how_long_the_launch_drains()
    {
        var clock = new Clock();
        this.outer.Services.AddSingleton<TimeProvider>(clock);
        this.outer.Set("Launches:shop:DrainFor", "00:00:07");
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).BindConfiguration("Launches:shop");
        await this.outer.StartAsync();

        var stop = this.outer.StopAsync();

        Assert.That(await clock.PassDelayAsync(), Is.EqualTo(TimeSpan.FromSeconds(7)));
        await stop;
    }

    [TestCase(true, 3)]
    [TestCase(false, 7)]
    public async Task Of_DrainFor_and_the_key_DrainFor_the_one_that_was_called_last_counts(bool isKeyFirst, int seconds)
    {
        var clock = new Clock();
        this.outer.Services.AddSingleton<TimeProvider>(clock);
        this.outer.Set("Launches:shop:DrainFor", "00:00:07");
        var launch = this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped);
        _ = isKeyFirst
            ? launch.BindConfiguration("Launches:shop").DrainFor(TimeSpan.FromSeconds(3))
            : launch.DrainFor(TimeSpan.FromSeconds(3)).BindConfiguration("Launches:shop");
        await this.outer.StartAsync();

        var stop = this.outer.StopAsync();

        Assert.That(await clock.PassDelayAsync(), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        await stop;
    }
}
