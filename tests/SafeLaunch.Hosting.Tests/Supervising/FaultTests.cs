using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>Real faults of launched code, and the restart after each.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FaultTests
{
    private readonly Clock clock = new();
    private readonly List<FaultingService> faults = [];

    [Test]
    public async Task A_web_server_that_is_started_again_listens_on_the_same_port()
    {
        await using var handle = await this.WebLauncher(options => options.UseLoopback()).StartAsync().Within();
        var address = handle.Address;
        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("run 1"));

        await this.RestartAsync(handle);

        Assert.That(handle.Address, Is.EqualTo(address));
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("run 2"));
    }

    [Test]
    public async Task A_web_server_takes_another_port_where_its_own_was_taken_meanwhile()
    {
        await using var handle = await this.WebLauncher(options => options.UseLoopback()).StartAsync().Within();
        var port = handle.Address.Port;
        this.faults[0].Open();
        await this.clock.DelayAsync();
        using var stranger = new TcpListener(IPAddress.Loopback, port);
        stranger.Start();

        this.clock.Advance(TimeSpan.FromSeconds(1));
        await handle.BecomesAsync(LaunchState.Running);

        Assert.That(handle.Address.Port, Is.Not.EqualTo(port));
    }

    [Test]
    public async Task A_web_server_of_several_addresses_has_each_of_its_ports_again()
    {
        await using var handle = await this.WebLauncher(options => options.UseUrls("http://127.0.0.1:0", "http://127.0.0.2:0", "http://[::1]:0")).StartAsync().Within();
        var addresses = handle.Addresses;

        await this.RestartAsync(handle);

        Assert.That(handle.Addresses, Is.EqualTo(addresses));
    }

    [Test]
    public async Task Without_KeepAddress_the_system_picks_a_port_for_each_run()
    {
        await using var handle = await this.WebLauncher(options => options.UseLoopback(), options => options.KeepAddress = false).StartAsync().Within();
        this.faults[0].Open();
        var port = handle.Address.Port;
        await this.clock.DelayAsync();
        using var same = new TcpListener(IPAddress.Loopback, port);
        Assert.That(() => same.Start(), Throws.Nothing);
        same.Stop();

        this.clock.Advance(TimeSpan.FromSeconds(1));
        await handle.BecomesAsync(LaunchState.Running);

        Assert.That(handle.Address.Port, Is.Not.EqualTo(port));
    }

    [Test]
    public async Task A_fixed_port_that_is_taken_fails_the_restarts_until_it_is_free()
    {
        var port = TakenPort.ThatIsFreeAgain();
        await using var handle = await this.WebLauncher(options => options.UseUrls($"http://127.0.0.1:{port}")).StartAsync().Within();
        this.faults[0].Open();
        await this.clock.DelayAsync();
        var stranger = new TcpListener(IPAddress.Loopback, port);
        stranger.Start();

        this.clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await this.clock.DelayAsync(), Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(handle.EarlierRuns[^1].Exception, Is.InstanceOf<IOException>());
        stranger.Stop();
        this.clock.Advance(TimeSpan.FromSeconds(2));
        await handle.BecomesAsync(LaunchState.Running);

        Assert.That(handle.Address.Port, Is.EqualTo(port));
    }

    [Test]
    public async Task A_run_that_crashes_and_hangs_is_left_behind_and_the_launch_is_started_again()
    {
        using var gate = new ManualResetEventSlim();
        var runs = 0;
        await using var handle = await Launcher.For(
            context =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    context.SynchronizationContext.Post(_ => throw new IOException("posted"), null);
                    TestLaunch.UntilOpened(gate)(context);
                }
                else
                {
                    TestLaunch.UntilStopped(context);
                }
            },
            options => options.StopTimeout = TestLaunch.ShortStop).Supervised(this.Configure).StartAsync().Within();

        await this.clock.PassDelayAsync();
        await handle.BecomesAsync(LaunchState.Running, () => Volatile.Read(ref runs) == 2);
        gate.Set();

        Assert.That(handle.EarlierRuns[0].Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(handle.EarlierRuns[0].Reason, Does.Contain("not even interrupted").And.Contain("was abandoned"));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_supervised_launch_that_hangs_at_its_stop_is_abandoned_and_not_started_again()
    {
        using var gate = new ManualResetEventSlim();
        var runs = 0;
        await using var handle = await Launcher.For(
            context =>
            {
                Interlocked.Increment(ref runs);
                TestLaunch.UntilOpened(gate)(context);
            },
            options => options.StopTimeout = TestLaunch.ShortStop).Supervised(this.Configure).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.ThreadId, Is.GreaterThan(0));
        Assert.That(runs, Is.EqualTo(1));
    }

    [Test]
    public async Task A_stop_that_meets_a_crash_ends_the_launch_whichever_comes_first()
    {
        for (var i = 0; i < 200; i++)
        {
            var crasher = new Crasher();
            await using var handle = await Launcher.For(crasher.RunAsync)
                .Supervised(options => (options.Delay, options.MaxRestarts) = (TimeSpan.Zero, int.MaxValue)).StartAsync().Within();
            var run = await crasher.NextAsync();
            using var both = new Barrier(2);

            var crash = Task.Run(() =>
            {
                both.SignalAndWait();
                run.TrySetResult(new IOException());
            });
            both.SignalAndWait();
            Thread.SpinWait(i * 100);
            var outcome = await handle.StopAsync().Within();
            await crash.Within();

            Assert.That(outcome.Kind, Is.AnyOf(LaunchOutcomeKind.Stopped, LaunchOutcomeKind.Crashed));
            Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
        }
    }

    private async Task RestartAsync(LaunchHandle handle)
    {
        var runs = handle.EarlierRuns.Count;
        this.faults[^1].Open();
        await this.clock.PassDelayAsync();
        await handle.BecomesAsync(LaunchState.Running, () => handle.EarlierRuns.Count > runs);
    }

    private Launcher WebLauncher(Action<LaunchOptions> configure, Action<SupervisionOptions>? supervise = null) => Launcher.For(
        () =>
        {
            this.faults.Add(new(new IOException("fault")));
            var run = this.faults.Count;
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.Services.AddHostedService(_ => this.faults[^1]);
            var app = builder.Build();
            app.MapGet("/", () => $"run {run}");
            app.Run();
        },
        configure).Supervised(options =>
        {
            this.Configure(options);
            supervise?.Invoke(options);
        });

    private void Configure(SupervisionOptions options) => (options.TimeProvider, options.UseJitter) = (this.clock, false);
}
