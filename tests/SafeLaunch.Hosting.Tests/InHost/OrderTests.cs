using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>In which order the launches of a host start and stop.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OrderTests : IAsyncDisposable
{
    private readonly Outer outer = new();
    private readonly Steps steps = new();

    public ValueTask DisposeAsync() => this.outer.DisposeAsync();

    [Test]
    public async Task Launches_start_before_with_and_after_the_services_and_stop_in_reverse()
    {
        this.outer.Services.AddSingleton(this.steps.Service("first"));
        this.Add("late").StartWhen(LaunchStart.AfterStarted);
        this.Add("early").StartWhen(LaunchStart.BeforeServices);
        this.Add("with");
        this.outer.Services.AddSingleton(this.steps.Service("last"));

        await this.outer.StartAsync();
        await this.outer.StopAsync();

        Assert.That(this.steps.All, Is.EqualTo(new[]
        {
            "early starts", "first starts", "with starts", "last starts", "late starts",
            "late stops", "last stops", "with stops", "first stops", "early stops",
        }));
    }

    [Test]
    public async Task A_launch_starts_after_those_that_it_names_and_stops_before_them()
    {
        this.Add("shop").After("prices").After("database");
        this.Add("prices").After("database");
        this.Add("database");

        await this.outer.StartAsync();
        await this.outer.StopAsync();

        Assert.That(this.steps.All, Is.EqualTo(new[]
        {
            "database starts", "prices starts", "shop starts", "shop stops", "prices stops", "database stops",
        }));
    }

    [Test]
    public async Task Launches_that_do_not_wait_for_one_another_start_and_stop_at_the_same_time()
    {
        using var starting = new Barrier(3);
        using var stopping = new Barrier(3);
        foreach (var name in new[] { "one", "two", "three" })
        {
            this.outer.Services.AddLaunch(name, context =>
            {
                Assert.That(starting.SignalAndWait(Gate.Patience), Is.True);
                TestLaunch.UntilStopped(context);
                Assert.That(stopping.SignalAndWait(Gate.Patience), Is.True);
            }).Configure(options => options.StopTimeout = Gate.Patience);
        }

        await this.outer.StartAsync();
        await this.outer.StopAsync();

        Assert.That(this.outer.Launches.All.Select(handle => handle.Completion.Result.Kind), Is.All.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_launch_on_demand_starts_before_the_launch_that_needs_it_and_stops_after_it()
    {
        this.Add("cache").StartWhen(LaunchStart.OnDemand);
        this.Add("report").StartWhen(LaunchStart.OnDemand);
        this.Add("shop").After("cache");

        await this.outer.StartAsync();
        Assert.That(this.outer["report"].State, Is.EqualTo(LaunchState.NotStarted));
        await this.outer.Launches.StartAsync("report").Within();
        await this.outer.StopAsync();

        Assert.That(this.steps.All, Is.EqualTo(new[]
        {
            "cache starts", "shop starts", "report starts", "report stops", "shop stops", "cache stops",
        }));
    }

    [Test]
    public void Launches_that_wait_for_each_other_fail_the_start_of_the_host_with_their_names()
    {
        this.Add("shop").After("prices");
        this.Add("prices").After("database");
        this.Add("database").After("prices");

        Assert.That(() => this.outer.StartAsync(), Throws.InvalidOperationException.With.Message.EqualTo(
            "Launches wait for each other, so that none of them could start: 'prices' after 'database' after 'prices'. Take one of these calls of After away."));
        Assert.That(this.steps.All, Is.Empty);
    }

    [Test]
    public async Task Launches_that_wait_for_each_other_cannot_be_started_by_name_before_the_start_of_the_host()
    {
        this.Add("shop").After("prices");
        this.Add("prices").After("shop");

        Assert.That(
            await this.outer.Launches.StartAsync("shop").ErrorAsync(),
            Is.InstanceOf<InvalidOperationException>().With.Message.StartsWith("Launches wait for each other"));
    }

    [Test]
    public async Task A_launch_cannot_be_started_once_its_host_is_disposed_of()
    {
        this.Add("report").StartWhen(LaunchStart.OnDemand);
        await this.outer.StartAsync();
        var launches = this.outer.Launches;

        this.outer.Host.Dispose();

        Assert.That(
            await launches.StartAsync("report").ErrorAsync(),
            Is.InstanceOf<InvalidOperationException>().With.Message.EqualTo("Launch 'report' cannot be started, since its host is stopping."));
    }

    [Test]
    public void A_launch_after_an_unknown_one_fails_the_start_of_the_host_with_the_known_names()
    {
        this.Add("shop").After("pries");
        this.Add("prices");

        Assert.That(() => this.outer.StartAsync(), Throws.InvalidOperationException.With.Message.EqualTo(
            "Launch 'shop' comes after 'pries', and the host has no launch of that name. It has: shop, prices."));
    }

    [Test]
    public void A_launch_after_one_that_starts_later_fails_the_start_of_the_host()
    {
        this.Add("shop").After("prices").StartWhen(LaunchStart.BeforeServices);
        this.Add("prices");

        Assert.That(() => this.outer.StartAsync(), Throws.InvalidOperationException.With.Message.EqualTo(
            "Launch 'shop' comes after 'prices', which starts later in the host: WithServices, not BeforeServices. Change StartWhen of one of them."));
    }

    [Test]
    public void After_refuses_a_later_launch_even_through_a_launch_on_demand()
    {
        this.Add("shop").After("cache").StartWhen(LaunchStart.BeforeServices);
        this.Add("cache").After("prices").StartWhen(LaunchStart.OnDemand);
        this.Add("prices").StartWhen(LaunchStart.AfterStarted);

        Assert.That(() => this.outer.StartAsync(), Throws.InvalidOperationException.With.Message.StartsWith(
            "Launch 'shop' comes after 'prices', which starts later in the host: AfterStarted, not BeforeServices."));
    }

    [Test]
    public void Two_launches_of_the_same_name_are_refused_at_once()
    {
        this.Add("shop");

        Assert.That(() => this.Add("shop"), Throws.ArgumentException.With.Message.StartsWith("The host has a launch 'shop' already."));
    }

    [Test]
    public void A_name_that_the_host_does_not_have_is_refused_with_those_that_it_has()
    {
        this.Add("shop");

        Assert.That(() => this.outer.Launches["shoe"], Throws.ArgumentException.With.Message.StartsWith("The host has no launch 'shoe'. It has: shop."));
    }

    [Test]
    public async Task A_launch_cannot_be_started_once_its_host_is_stopping()
    {
        this.Add("report").StartWhen(LaunchStart.OnDemand);
        await this.outer.StartAsync();
        await this.outer.StopAsync();

        Assert.That(
            () => this.outer.Launches.StartAsync("report"),
            Throws.InvalidOperationException.With.Message.EqualTo("Launch 'report' cannot be started, since its host is stopping."));
    }

    private LaunchBuilder Add(string name) => this.outer.Services.AddLaunch(name, this.steps.Launch(name));
}
