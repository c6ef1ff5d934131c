using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Tests;

/// <summary>The options that no other class tests, and rules for all of them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OptionsTests
{
    [Test]
    public void The_defaults_are_as_documented()
    {
        var options = new LaunchOptions();

        Assert.Multiple(() =>
        {
            Assert.That(options.Name, Is.EqualTo("launch"));
            Assert.That(options.StartTimeout, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(options.StopTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(options.BlockingWaits, Is.EqualTo(BlockingWaits.Pump));
            Assert.That(options.UnhandledExceptions, Is.EqualTo(UnhandledExceptions.StopLaunch));
            Assert.That(options.FlowExecutionContext, Is.False);
            Assert.That(options.HandleSignals, Is.False);
            Assert.That(options.LoggerFactory, Is.Null);
            Assert.That(options.Configuration, Is.Empty);
            Assert.That(options.ConfigureHost, Is.Null);
            Assert.That(options.AppHostConfiguration, Is.Null);
            Assert.That(options.ReadyWhen, Is.Null);
            Assert.That(options.StopWith, Is.Null);
        });
    }

    [Test]
    public async Task They_are_copied_so_that_a_later_change_has_no_effect()
    {
        var options = new LaunchOptions { Name = "before", Configuration = { ["Key"] = "before" } };
        var launcher = new Launcher(() => { }, options);

        options.Name = "after";
        options.Configuration["Key"] = "after";
        options.Configuration["Other"] = "after";
        options.ConfigureHost = _ => throw new InvalidOperationException("after");
        options.ReadyWhen = (_, _) => throw new InvalidOperationException("after");
        options.StopWith = _ => throw new InvalidOperationException("after");
        options.StartTimeout = TimeSpan.FromTicks(-1);

        await using var handle = await launcher.StartAsync().Within();
        Assert.That(handle.Name, Is.EqualTo("before"));
        var configuration = handle.Services.GetRequiredService<IConfiguration>();
        Assert.That(configuration["Key"], Is.EqualTo("before"));
        Assert.That(configuration["Other"], Is.Null);
        Assert.That((await handle.StopAsync().Within()).Exception, Is.Null);
    }

    [Test]
    public async Task The_launch_does_not_change_them()
    {
        var options = new LaunchOptions();
        await using var handle = Launcher.Start(() => { }, options);

        handle.Services.GetRequiredService<IConfiguration>()["Key"] = "by the launch";

        Assert.That(options.Configuration, Is.Empty);
    }

    [Test]
    public async Task The_name_names_the_launch_everywhere()
    {
        string? thread = null;
        string? own = null;
        await using var handle = Launcher.Start(
            context =>
            {
                thread = Thread.CurrentThread.Name;
                own = context.Name;
            },
            new() { Name = "shop" });

        Assert.That(new[] { thread, own, handle.Name, handle.Stop().ThreadName }, Has.All.EqualTo("shop"));
    }

    [Test]
    public async Task Waits_that_pump_run_posted_work_while_the_delegate_blocks()
    {
        await using var handle = Launcher.Start(TestLaunch.UntilStopped);

        Assert.That(await handle.InvokeAsync(() => handle.State).Within(), Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task Waits_that_block_run_it_afterwards()
    {
        await using var handle = Launcher.Start(TestLaunch.UntilStopped, new() { BlockingWaits = BlockingWaits.Block });
        var hasRun = handle.InvokeAsync(() => handle.State);

        await handle.StopAsync().Within();

        Assert.That(await hasRun.Within(), Is.EqualTo(LaunchState.Stopping));
    }

    [Test]
    public async Task Posted_errors_stop_the_launch_by_default()
    {
        var error = new InvalidOperationException();
        await using var handle = Launcher.Start(TestLaunch.UntilStopped);

        handle.SynchronizationContext.Post(_ => throw error, null);

        Assert.That((await handle.EndAsync()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task Posted_errors_may_be_only_logged()
    {
        await using var handle = Launcher.Start(TestLaunch.UntilStopped, new() { UnhandledExceptions = UnhandledExceptions.Log });

        handle.SynchronizationContext.Post(_ => throw new InvalidOperationException(), null);
        await handle.InvokeAsync(() => { }).Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task One_set_of_options_may_serve_several_launchers()
    {
        var options = new LaunchOptions { Name = "shared" };
        await using var first = Launcher.Start(() => { }, options);
        options.Name = "second";
        await using var second = Launcher.Start(() => { }, options);

        Assert.That(new[] { first.Name, second.Name }, Is.EqualTo(new[] { "shared", "second" }));
    }
}
