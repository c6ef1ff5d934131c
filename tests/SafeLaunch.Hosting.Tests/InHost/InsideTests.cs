using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>Launched code that stops its own launch, or the host around it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InsideTests : IAsyncDisposable
{
    private readonly Outer outer = new();
    private readonly Supervising.Clock clock = new();

    public ValueTask DisposeAsync() => this.outer.DisposeAsync();

    [Test]
    public async Task A_stop_of_the_host_from_inside_of_a_launch_stops_all_launches_and_only_asks_that_one_to()
    {
        this.outer.Services.AddLaunch("prices", TestLaunch.UntilStopped);
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).After("prices");
        this.outer.Services.AddLaunch("early", TestLaunch.UntilStopped).StartWhen(LaunchStart.BeforeServices);
        await this.outer.StartAsync();

        await (await this.InsideAsync("shop", () => this.outer.Host.StopAsync())).Within();

        Assert.That(this.outer["prices"].State, Is.EqualTo(LaunchState.Ended));
        Assert.That(this.outer["early"].State, Is.EqualTo(LaunchState.Ended));
        Assert.That((await this.outer["shop"].EndAsync()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_stop_of_the_own_launch_by_name_is_refused_and_lets_nothing_drain()
    {
        this.outer.Services.AddSingleton<TimeProvider>(this.clock);
        this.outer.Services.AddHealthChecks().AddLaunches();
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).DrainFor(TimeSpan.FromSeconds(5));
        await this.outer.StartAsync();

        var stop = await this.InsideAsync("shop", () => this.outer.Launches.StopAsync("shop"));

        Assert.That(await stop.ErrorAsync(), Is.TypeOf<LaunchException>().With.Message.Contains("cannot be waited for from inside"));
        Assert.That(this.outer["shop"].State, Is.EqualTo(LaunchState.Running));
        Assert.That(this.outer.Host.Services.GetRequiredService<SafeLaunch.InHost.HostedLaunches>().Launches.Single().IsDraining, Is.False);
    }

    /// <summary>Begins work in a flow of the launch, and waits for its task outside.</summary>
    private async Task<Task> InsideAsync(string launch, Func<Task> work)
    {
        var inside = await this.outer[launch].InvokeAsync(() => ExecutionContext.Capture()!).Within();
        Task? begun = null;
        ExecutionContext.Run(inside, _ => begun = work(), state: null);
        return begun!;
    }
}
