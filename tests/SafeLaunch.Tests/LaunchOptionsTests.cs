using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Tests;

/// <summary>The options that no other class tests, and rules for all of them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LaunchOptionsTests
{
    [Test]
    public void The_defaults_are_as_documented()
    {
        var options = new LaunchOptions();

        Assert.Multiple(() =>
        {
            Assert.That(options.Name, Is.EqualTo("launch"));
            Assert.That(options.StartTimeout, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(options.UnservedWorkTimeout, Is.EqualTo(TimeSpan.FromSeconds(5)));
            Assert.That(options.StopTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(options.BlockingWaits, Is.EqualTo(BlockingWaitBehavior.Pump));
            Assert.That(options.UnhandledExceptions, Is.EqualTo(UnhandledExceptionBehavior.StopLaunch));
            Assert.That(options.FlowExecutionContext, Is.False);
            Assert.That(options.HandleSignals, Is.False);
            Assert.That(options.LoggerFactory, Is.Null);
            Assert.That(options.Configuration, Is.Empty);
            Assert.That(options.LaunchHostConfiguration, Is.Null);
            Assert.That(options.AppHostConfiguration, Is.Null);
            Assert.That(options.Probes, Is.Empty);
            Assert.That(options.StopActions, Is.Empty);
        });
    }

    [Test]
    public async Task A_change_of_the_options_after_their_launcher_was_made_has_no_effect()
    {
        LaunchOptions options = null!;
        var launcher = Launcher.For(() => { }, it =>
        {
            options = it;
            it.Name = "before";
            it.Configuration["Key"] = "before";
        });

        options.Name = "after";
        options.Configuration["Key"] = "after";
        options.Configuration["Other"] = "after";
        options.ConfigureLaunchHost(_ => throw new InvalidOperationException("after"));
        options.ReadyWhen((_, _) => throw new InvalidOperationException("after"));
        options.StopWith(_ => throw new InvalidOperationException("after"));
        options.StartTimeout = TimeSpan.FromTicks(-1);

        await using var handle = await launcher.StartAsync().Within();
        Assert.That(handle.Name, Is.EqualTo("before"));
        var configuration = handle.LaunchServices.GetRequiredService<IConfiguration>();
        Assert.That(configuration["Key"], Is.EqualTo("before"));
        Assert.That(configuration["Other"], Is.Null);
        Assert.That((await handle.StopAsync().Within()).Exception, Is.Null);
    }

    [Test]
    public async Task A_launch_does_not_change_its_options()
    {
        LaunchOptions options = null!;
        await using var handle = Launcher.For(() => { }, it => options = it).Start();

        handle.LaunchServices.GetRequiredService<IConfiguration>()["Key"] = "by the launch";

        Assert.That(options.Configuration, Is.Empty);
    }

    [Test]
    public async Task The_name_names_the_launch_everywhere()
    {
        string? thread = null;
        string? own = null;
        await using var handle = Launcher.For(
            context =>
            {
                thread = Thread.CurrentThread.Name;
                own = context.Name;
            },
            options => options.Name = "shop").Start();

        Assert.That(new[] { thread, own, handle.Name, handle.Stop().ThreadName }, Has.All.EqualTo("shop"));
    }

    [Test]
    public async Task Waits_that_pump_run_posted_work_while_the_delegate_blocks()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped).Start();

        Assert.That(await handle.InvokeAsync(() => handle.State).Within(), Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task Waits_that_block_run_posted_work_afterwards()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.BlockingWaits = BlockingWaitBehavior.Block).Start();
        var hasRun = handle.InvokeAsync(() => handle.State);

        await handle.StopAsync().Within();

        Assert.That(await hasRun.Within(), Is.EqualTo(LaunchState.Stopping));
    }

    [Test]
    public async Task Posted_errors_stop_the_launch_by_default()
    {
        var error = new InvalidOperationException();
        await using var handle = Launcher.For(TestLaunch.UntilStopped).Start();

        handle.SynchronizationContext.Post(_ => throw error, null);

        Assert.That((await handle.EndAsync()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task Posted_errors_may_be_only_logged()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.UnhandledExceptions = UnhandledExceptionBehavior.Log).Start();

        handle.SynchronizationContext.Post(_ => throw new InvalidOperationException(), null);
        await handle.InvokeAsync(() => { }).Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public void Each_launcher_gets_new_options()
    {
        var seen = new List<LaunchOptions>();
        _ = Launcher.For(() => { }, seen.Add);
        _ = Launcher.For(() => { }, seen.Add);

        Assert.That(seen, Is.Unique.And.Count.EqualTo(2));
    }

    [Test]
    public async Task Several_delegates_of_ConfigureLaunchHost_all_run_in_their_order()
    {
        var calls = new List<int>();
        await using var handle = await Launcher.For(() => { }, options => options
            .ConfigureLaunchHost(_ => calls.Add(1))
            .ConfigureLaunchHost(_ => calls.Add(2))).StartAsync().Within();

        Assert.That(calls, Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task Several_probes_of_ReadyWhen_must_all_have_ended()
    {
        var (first, second) = (Gate.NewSource(), Gate.NewSource());
        var start = Launcher.For(() => { }, options => options.ReadyWhen((_, _) => first.Task).ReadyWhen((_, _) => second.Task)).StartAsync();

        first.SetResult();
        Assert.That(start.IsCompleted, Is.False);
        second.SetResult();

        await using var handle = await start.Within();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task Several_delegates_of_StopWith_run_one_after_another_the_newest_first_and_an_error_keeps_none_from_running()
    {
        var calls = new List<string>();
        var error = new InvalidOperationException("newest");
        await using var handle = await Launcher.For(() => { }, options => options
            .StopWith(async _ =>
            {
                await Task.Yield();
                calls.Add("oldest");
            })
            .StopWith(_ =>
            {
                calls.Add("newest");
                throw error;
            })).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(calls, Is.EqualTo(new[] { "newest", "oldest" }));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }
}
