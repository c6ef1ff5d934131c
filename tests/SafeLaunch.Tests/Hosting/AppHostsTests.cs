using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The app hosts of a launch, without a launch.</summary>
public sealed class AppHostsTests
{
    private readonly List<IHost> built = [];
    private HostNotes notes = null!;
    private AppHosts hosts = null!;

    [SetUp]
    public void Create()
    {
        this.notes = new();
        this.hosts = new(new LaunchOptions(), keepsConsole: false, this.notes, () => false, logTail: null);
    }

    [TearDown]
    public void DisposeOfAll()
    {
        this.hosts.Dispose();
        this.built.ForEach(host => host.Dispose());
        this.built.Clear();
    }

    [Test]
    public void A_launch_without_app_hosts_has_none_of_any_kind()
    {
        Assert.That(this.State, Is.EqualTo("none"));
        Assert.That(this.hosts.Snapshot, Is.Empty);
        Assert.That(this.hosts.HalfStartedCaptured, Is.Empty);
        Assert.That(this.hosts.OnStartFailed(), Is.EqualTo((false, (AppHost?)null)));
    }

    [Test]
    public void One_app_host_of_several_is_enough_to_be_pending_starting_live_or_failed()
    {
        var (first, second) = (this.Built(), this.Built());
        Assert.That(this.State, Is.EqualTo("pending"));

        first.Host!.Start();
        Assert.That(this.State, Is.EqualTo("pending live started"));

        second.OnStarting();
        Assert.That(this.State, Is.EqualTo("pending starting live started"));

        Assert.That(this.hosts.OnStartFailed(), Is.EqualTo((true, second)));
        Assert.That(this.State, Is.EqualTo("live started failed"));

        first.Dispose();
        Assert.That(this.State, Is.EqualTo("started failed"));
    }

    [Test]
    public void An_exception_of_a_start_belongs_to_the_latest_host_that_starts_and_without_one_to_the_latest_that_has_not_started()
    {
        var (first, second, third) = (this.Built(), this.Built(), this.Built());
        third.Host!.Start();
        first.OnStarting();

        Assert.That(this.hosts.OnStartFailed(), Is.EqualTo((true, first)));
        Assert.That(this.hosts.OnStartFailed(), Is.EqualTo((true, second)));
        Assert.That(this.hosts.OnStartFailed(), Is.EqualTo((false, (AppHost?)null)));
    }

    [Test]
    public async Task A_captured_host_is_pending_and_starting_while_its_start_goes_on_and_an_app_host_after_it()
    {
        var gated = new GatedService();
        var captured = this.Host(gated);
        this.hosts.Expect(captured, () => true);
        Assert.That(this.State, Is.EqualTo("captured"));

        var start = captured.StartAsync();
        await gated.Entered.Within();
        Assert.That(this.State, Is.EqualTo("pending starting captured"));

        gated.Open();
        await start.Within();
        Assert.That(this.State, Is.EqualTo("live started captured"));
        Assert.That(this.hosts.Snapshot.Select(host => (host.Host, host.IsBuiltBefore, host.IsOutsideOfHost)), Is.EqualTo(new[] { (captured, true, true) }));
        Assert.That(this.notes.Taken, Does.Contain("started").And.Not.Contain("elsewhere"));
    }

    [Test]
    public async Task Only_a_captured_host_whose_start_failed_is_half_started()
    {
        var gated = new GatedService();
        var captured = this.Host(gated);
        this.hosts.Expect(this.Host(), () => true);
        this.hosts.Expect(captured, () => true);
        this.Built().Host!.Start();
        var start = captured.StartAsync();
        await gated.Entered.Within();
        Assert.That(this.State, Is.EqualTo("pending starting live started captured"));

        Assert.That(this.hosts.OnStartFailed(), Is.EqualTo((true, (AppHost?)null)));

        Assert.That(this.State, Is.EqualTo("live started failed captured"));
        Assert.That(this.hosts.HalfStartedCaptured, Is.EqualTo(new[] { captured }));
        gated.Open();
        await start.Within();
    }

    [Test]
    public void A_captured_host_that_is_over_is_not_captured()
    {
        var over = this.Host();
        over.Dispose();

        this.hosts.Expect(over, () => true);

        Assert.That(this.State, Is.EqualTo("none"));
    }

    [Test]
    public void A_captured_host_that_starts_outside_of_the_launch_is_only_reported()
    {
        var captured = this.Host();
        this.hosts.Expect(captured, () => false);

        captured.Start();

        Assert.That(this.notes.Taken, Is.EqualTo("started elsewhere"));
        Assert.That(this.hosts.Snapshot, Is.Empty);
    }

    [Test]
    public void A_captured_host_that_the_launch_knows_already_is_no_second_app_host()
    {
        var known = this.Built();
        this.hosts.Expect(known.Host!, () => true);

        known.Host!.Start();

        Assert.That(this.hosts.Snapshot, Is.EqualTo(new[] { known }));
    }

    [Test]
    public void The_end_of_the_launch_ends_the_watch_of_its_captured_hosts_also_of_later_ones()
    {
        var (before, after) = (this.Host(), this.Host());
        this.hosts.Expect(before, () => true);

        this.hosts.Dispose();
        this.hosts.Expect(after, () => true);
        before.Start();
        after.Start();

        Assert.That((this.State, this.notes.Taken), Is.EqualTo(("none", "")));
    }

    [Test]
    public void Hosts_that_were_disposed_of_are_dropped_and_that_some_of_them_started_or_failed_is_kept()
    {
        for (var i = 0; i < 3; i++)
        {
            var failed = this.Built();
            failed.OnStarting();
            failed.Dispose();
            var started = this.Built();
            started.Host!.Start();
            started.Dispose();
            var last = this.Built();

            Assert.That(this.hosts.Snapshot, Is.EqualTo(new[] { last }));
            Assert.That(this.State, Is.EqualTo("pending started failed"));
            last.Dispose();
        }
    }

    [Test]
    public async Task A_host_that_has_stopped_is_kept_until_it_is_disposed_of()
    {
        var first = this.Built();
        await first.Host!.StartAsync().Within();
        await first.Host.StopAsync().Within();
        var second = this.Built();

        Assert.That(this.hosts.Snapshot, Is.EqualTo(new[] { first, second }));
    }

    [Test]
    public void All_hosts_are_asked_to_stop_the_newest_first_and_a_later_host_at_once()
    {
        var asked = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            TestHosts.LifetimeOf(this.Built().Host!).ApplicationStopping.Register(() => asked.Add(number));
        }

        this.hosts.StopApplications();
        var late = this.Built();
        var captured = this.Host();
        this.hosts.Expect(captured, () => true);
        captured.Start();

        Assert.That(asked, Is.EqualTo(new[] { 2, 1, 0 }));
        Assert.That((TestHosts.IsAskedToStop(late.Host!), TestHosts.IsAskedToStop(captured)), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_host_that_is_built_before_the_stop_is_not_asked_to_stop() =>
        Assert.That(TestHosts.IsAskedToStop(this.Built().Host!), Is.False);

    [Test]
    public void Hosts_that_do_not_tell_of_their_disposal_are_looked_at()
    {
        var (first, second) = (this.Built(), this.Built());
        first.Host!.Dispose();

        this.hosts.EndDisposed();

        Assert.That((first.Ended.IsCompleted, second.Ended.IsCompleted), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_host_that_is_built_with_the_services_of_the_launch_is_tracked_by_them()
    {
        var builder = new HostBuilder();
        this.hosts.OnBuilding(builder);
        var host = builder.Build();
        this.built.Add(host);

        this.hosts.OnBuilt(host);

        Assert.That(this.hosts.Snapshot, Is.EqualTo(new[] { host.Services.GetRequiredService<AppHost>() }));
        Assert.That(this.hosts.Snapshot[0].IsOutsideOfHost, Is.False);
        Assert.That(this.Built().IsOutsideOfHost, Is.True);
    }

    private string State => string.Join(
        " ",
        new (bool Is, string Name)[]
        {
            (this.hosts.IsAnyPending, "pending"),
            (this.hosts.IsAnyStarting, "starting"),
            (this.hosts.IsAnyLive, "live"),
            (this.hosts.HasAnyStarted, "started"),
            (this.hosts.HasAnyFailedToStart, "failed"),
            (this.hosts.IsAnyCaptured, "captured"),
        }.Where(state => state.Is).Select(state => state.Name).DefaultIfEmpty("none"));

    private IHost Host(params IHostedService[] services)
    {
        var host = TestHosts.With(services);
        this.built.Add(host);
        return host;
    }

    /// <summary>One that the launched code has built, without the services of the launch.</summary>
    private AppHost Built()
    {
        this.hosts.OnBuilt(this.Host());
        return this.hosts.Snapshot[this.hosts.Snapshot.Count - 1];
    }
}
