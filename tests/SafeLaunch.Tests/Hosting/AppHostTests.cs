using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>An app host without a launch: its state after each step, and its reports.</summary>
public sealed class AppHostTests
{
    private HostNotes notes = null!;

    [SetUp]
    public void TakeNotes() => this.notes = new();

    [Test]
    public void An_app_host_has_no_state_before_it_is_built()
    {
        using var appHost = new AppHost(this.notes, () => false);

        Assert.That(StateOf(appHost), Is.EqualTo("none"));
    }

    [Test]
    public async Task An_app_host_is_pending_starting_live_and_ended_one_after_the_other()
    {
        var gated = new GatedService();
        using var host = TestHosts.With(gated);
        using var appHost = this.Track(host);
        Assert.That((StateOf(appHost), this.notes.Taken), Is.EqualTo(("pending", "built")));

        appHost.OnStarting();
        Assert.That((StateOf(appHost), this.notes.Taken), Is.EqualTo(("pending starting needs stop", "")));

        var start = host.StartAsync();
        gated.Open();
        await start.Within();
        Assert.That((StateOf(appHost), this.notes.Taken), Is.EqualTo(("started live needs stop", "started")));

        await appHost.StoppingAsync(default).Within();
        Assert.That((appHost.StopBegun.IsCompleted, appHost.Ended.IsCompleted), Is.EqualTo((true, false)));

        await host.StopAsync().Within();
        Assert.That((StateOf(appHost), this.notes.Taken), Is.EqualTo(("started", "stopping, ended")));
        Assert.That((appHost.Ended.IsCompleted, appHost.Disposed.IsCompleted), Is.EqualTo((true, false)));

        appHost.Dispose();
        Assert.That((appHost.Disposed.IsCompleted, this.notes.Taken), Is.EqualTo((true, "")));
    }

    [Test]
    public async Task An_app_host_whose_StopAsync_is_called_has_begun_to_stop()
    {
        using var appHost = new AppHost(this.notes, () => false);
        Assert.That(appHost.StopBegun.IsCompleted, Is.False);

        await appHost.StopAsync(default).Within();

        Assert.That(appHost.StopBegun.IsCompleted, Is.True);
    }

    [Test]
    public async Task An_app_host_whose_start_failed_may_be_started_again_and_a_start_that_succeeded_does_not_fail_any_more()
    {
        using var host = TestHosts.With();
        using var appHost = this.Track(host);
        appHost.OnStarting();

        appHost.OnStartFailed();
        Assert.That(StateOf(appHost), Is.EqualTo("failed needs stop"));

        await host.StartAsync().Within();
        appHost.OnStartFailed();
        Assert.That(StateOf(appHost), Is.EqualTo("started live needs stop"));
        await host.StopAsync().Within();
    }

    [Test]
    public void An_app_host_has_failed_to_start_if_it_is_disposed_of_within_its_start_and_not_if_it_was_never_started()
    {
        using var host = TestHosts.With();
        using var begun = this.Track(host);
        using var never = this.Track(host);
        begun.OnStarting();

        begun.Dispose();
        never.Dispose();

        Assert.That((StateOf(begun), StateOf(never)), Is.EqualTo(("failed", "none")));
        Assert.That((never.StopBegun.IsCompleted, this.notes.Taken), Is.EqualTo((true, "built, built, ended, ended")));
    }

    private static IEnumerable<TestCaseData> Starts()
    {
        yield return Case(HostRun.Blocking, isBlocked: true, (host, isUp) =>
        {
            var run = Task.Factory.StartNew(host.Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            isUp.Wait(Gate.Patience);
            return run;
        }, "Run");
        yield return Case(HostRun.ByTask, isBlocked: false, (host, _) => host.RunAsync(), "RunAsync");
        yield return Case(HostRun.None, isBlocked: true, (host, _) =>
        {
            host.Start();
            return Task.CompletedTask;
        }, "Start");
        yield return Case(HostRun.None, isBlocked: false, (host, _) => host.StartAsync(), "StartAsync");

        static TestCaseData Case(HostRun run, bool isBlocked, Func<IHost, Task, Task> start, string name) =>
            new TestCaseData(run, isBlocked, start).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Starts))]
    public async Task An_app_host_knows_how_the_code_that_starts_it_goes_on_and_who_gets_its_exception(object run, bool isBlocked, Func<IHost, Task, Task> start)
    {
        foreach (var isOnThread in new[] { true, false })
        {
            using var host = TestHosts.With();
            var isUp = StartOf(host);
            using var appHost = this.Track(host, isOnThread);

            var whole = start(host, isUp);
            await isUp.Within();

            Assert.That((appHost.Run, appHost.FailsIntoDelegate), Is.EqualTo(((HostRun)run, isBlocked && isOnThread)));
            appHost.StopApplication();
            await whole.Within();
        }
    }

    [Test]
    public async Task How_the_code_goes_on_is_unknown_where_the_start_of_a_host_has_gone_on_to_another_stack()
    {
        var gated = new GatedService();
        using var host = TestHosts.With(gated);
        using var appHost = this.Track(host, isOnThread: true);
        var isUp = StartOf(host);
        var run = host.RunAsync();

        gated.Open();
        await isUp.Within();

        Assert.That((appHost.Run, appHost.FailsIntoDelegate), Is.EqualTo((HostRun.Unknown, false)));
        appHost.StopApplication();
        await run.Within();
    }

    [Test]
    public async Task A_service_that_starts_another_host_gets_the_exception_of_that_and_not_the_code_that_blocks_for_the_first()
    {
        using var inner = TestHosts.With();
        using var appHost = this.Track(inner, isOnThread: true);
        using var outer = TestHosts.With(new StartsBy(() => inner.StartAsync()));

        outer.Start();

        Assert.That((appHost.Run, appHost.FailsIntoDelegate), Is.EqualTo((HostRun.None, false)));
        await inner.StopAsync().Within();
        await outer.StopAsync().Within();
    }

    [Test]
    public async Task How_the_code_goes_on_is_looked_for_only_once()
    {
        using var host = TestHosts.With();
        using var appHost = this.Track(host);
        await host.StartAsync().Within();

        appHost.OnStarting();

        Assert.That(appHost.Run, Is.EqualTo(HostRun.None));
        await host.StopAsync().Within();
    }

    [Test]
    public async Task A_host_that_has_an_app_host_as_a_service_begins_its_start_with_each_step_that_calls_it()
    {
        using var modern = new AppHost(this.notes, () => false);
        using var legacy = new AppHost(this.notes, () => false);
        using var host = TestHosts.With();
        legacy.Attach(host);
        modern.Attach(host);

        await modern.StartingAsync(default).Within();
        await legacy.StartAsync(default).Within();

        Assert.That((modern.IsStarting, legacy.IsStarting), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task The_stop_of_a_host_that_starts_is_reported_before_the_callbacks_that_the_app_has_registered_before()
    {
        using var host = TestHosts.With();
        using var appHost = this.Track(host);
        var reported = "";
        TestHosts.LifetimeOf(host).ApplicationStopping.Register(() => reported = this.notes.Taken);

        await appHost.StartingAsync(default).Within();
        TestHosts.LifetimeOf(host).StopApplication();

        Assert.That(reported, Is.EqualTo("built, stopping"));
    }

    [Test]
    public async Task The_stop_of_a_host_is_reported_also_after_the_host_was_disposed_of()
    {
        var host = TestHosts.With();
        using var appHost = this.Track(host);
        var lifetime = TestHosts.LifetimeOf(host);
        await host.StartAsync().Within();
        host.Dispose();

        lifetime.StopApplication();

        Assert.That(this.notes.Taken, Is.EqualTo("built, started, stopping"));
    }

    [Test]
    public async Task An_app_host_that_is_asked_to_stop_again_does_not_wait_for_the_callbacks_of_the_first_time()
    {
        using var gate = new ManualResetEventSlim();
        var isAsked = Gate.NewSource();
        using var host = TestHosts.With();
        using var appHost = this.Track(host);
        TestHosts.LifetimeOf(host).ApplicationStopping.Register(() =>
        {
            isAsked.SetResult();
            gate.Pass();
        });
        var first = Task.Run(appHost.StopApplication);
        await isAsked.Task.Within();

        await Task.Run(appHost.StopApplication).Within();

        Assert.That(first.IsCompleted, Is.False);
        gate.Set();
        await first.Within();
    }

    [Test]
    public void An_app_host_that_has_ended_is_not_asked_to_stop()
    {
        using var host = TestHosts.With();
        using var appHost = this.Track(host);
        appHost.Dispose();

        appHost.StopApplication();

        Assert.That(TestHosts.IsAskedToStop(host), Is.False);
    }

    [TestCase(true, "built, ended")]
    [TestCase(false, "built")]
    public void An_app_host_that_the_host_does_not_dispose_of_finds_out_that_the_host_is_disposed_of(bool isOutsideOfHost, string expected)
    {
        var host = TestHosts.With();
        using var appHost = this.Track(host, isOutsideOfHost: isOutsideOfHost);
        appHost.EndIfDisposed();
        Assert.That(appHost.Ended.IsCompleted, Is.False);
        host.Dispose();

        appHost.EndIfDisposed();
        appHost.EndIfDisposed();

        Assert.That((appHost.Disposed.IsCompleted, this.notes.Taken), Is.EqualTo((isOutsideOfHost, expected)));
    }

    [Test]
    public void An_app_host_whose_host_is_disposed_of_is_not_asked_to_stop_but_has_ended()
    {
        var host = TestHosts.With();
        var isAsked = false;
        TestHosts.LifetimeOf(host).ApplicationStopping.Register(() => isAsked = true);
        using var appHost = this.Track(host);
        host.Dispose();

        appHost.StopApplication();

        Assert.That((isAsked, appHost.Ended.IsCompleted), Is.EqualTo((false, true)));
    }

    private static string StateOf(AppHost host) => string.Join(
        " ",
        new (bool Is, string Name)[]
        {
            (host.IsPending, "pending"),
            (host.IsStarting, "starting"),
            (host.HasStarted, "started"),
            (host.FailedToStart, "failed"),
            (host.IsLive, "live"),
            (host.NeedsStop, "needs stop"),
        }.Where(state => state.Is).Select(state => state.Name).DefaultIfEmpty("none"));

    private static Task StartOf(IHost host)
    {
        var isUp = Gate.NewSource();
        TestHosts.LifetimeOf(host).ApplicationStarted.Register(isUp.SetResult);
        return isUp.Task;
    }

    private AppHost Track(IHost host, bool isOnThread = false, bool isOutsideOfHost = true)
    {
        var appHost = new AppHost(this.notes, () => isOnThread) { IsOutsideOfHost = isOutsideOfHost };
        appHost.Attach(host);
        appHost.Track();
        return appHost;
    }

    private sealed class StartsBy(Func<Task> start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
