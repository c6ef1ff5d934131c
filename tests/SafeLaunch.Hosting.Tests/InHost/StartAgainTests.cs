using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>A launch of a host that is started once more.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StartAgainTests : IAsyncDisposable
{
    private readonly Outer outer = new();

    public ValueTask DisposeAsync() => this.outer.DisposeAsync();

    [Test]
    public async Task A_launch_that_is_started_while_it_ends_starts_after_that_end_and_keeps_its_completion_to_itself()
    {
        using var log = new LogGate("Ended");
        this.outer.Services.AddLaunch("shop", TestLaunch.UntilStopped).Configure(options => options.LoggerFactory = log);
        await this.outer.StartAsync();
        var handle = this.outer["shop"];
        var first = handle.Completion;
        handle.RequestStop();
        await log.Reached;

        Assert.That(handle.State, Is.EqualTo(LaunchState.Stopping));
        var start = this.outer.Launches.StartAsync("shop");
        log.Open();
        await start.Within();

        Assert.That(first.IsCompleted, Is.True);
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Completion.IsCompleted, Is.False);
        Assert.That(handle.Stopping.IsCancellationRequested, Is.False);
        Assert.That(handle.EarlierRuns, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_start_after_a_start_that_failed_has_a_completion_to_itself()
    {
        var starts = 0;
        this.outer.Services.AddLaunch("shop", context =>
        {
            if (++starts % 2 == 1)
            {
                throw new FormatException("of the app");
            }

            TestLaunch.UntilStopped(context);
        }).StartWhen(LaunchStart.OnDemand);
        await this.outer.StartAsync();
        var handle = this.outer["shop"];

        for (var i = 0; i < 100; i++)
        {
            Assert.That(await this.outer.Launches.StartAsync("shop").ErrorAsync(), Is.TypeOf<FormatException>());
            Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
            await this.outer.Launches.StartAsync("shop").Within();
            Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
            Assert.That((await this.outer.Launches.StopAsync("shop").Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        }
    }

    [Test]
    public async Task A_start_that_the_launcher_refuses_leaves_the_launch_as_it_was()
    {
        var launcher = Launcher.ForProgram("TopLevelProgram", options => options.UseLoopback());
        this.outer.Services.AddLaunch("shop", _ => launcher);
        await this.outer.StartAsync();
        var handle = this.outer["shop"];
        var inside = await handle.InvokeAsync(() => ExecutionContext.Capture()!).Within();
        await this.outer.Launches.StopAsync("shop").Within();

        Task? start = null;
        ExecutionContext.Run(inside, _ => start = this.outer.Launches.StartAsync("shop"), state: null);

        Assert.That(await start!.ErrorAsync(), Is.TypeOf<LaunchException>().With.Message.Contains("would launch itself again and again"));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
        Assert.That(handle.Completion.IsCompleted, Is.True);
        await this.outer.StopAsync();
    }
}
