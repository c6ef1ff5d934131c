using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>When a supervised launch is started again, and what its one handle says meanwhile.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RestartTests
{
    private readonly Clock clock = new();
    private readonly Crasher crasher = new();

    [Test]
    public async Task A_launch_whose_background_service_throws_is_started_again_behind_the_same_handle()
    {
        var services = new List<FaultingService>();
        using var secondRun = new ManualResetEventSlim();
        var launcher = Launcher.For(() =>
        {
            services.Add(new(new IOException($"fault {services.Count + 1}")));
            using var host = TestHosts.With(services[^1]);
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() =>
            {
                if (services.Count == 2)
                {
                    secondRun.Set();
                }
            });
            host.Run();
        }).Supervised(this.Configure);
        await using var handle = await launcher.StartAsync().Within();
        var firstHost = handle.Hosts[0];

        services[0].Open();
        await this.clock.PassDelayAsync();
        secondRun.Pass();
        await handle.BecomesAsync(LaunchState.Running);

        Assert.That(handle.Hosts.Single(), Is.Not.SameAs(firstHost));
        Assert.That(handle.Services, Is.SameAs(handle.Hosts[0].Services));
        Assert.That(handle.EarlierRuns.Single().ToString(), Is.EqualTo("Crashed: A background service of a host that it runs failed. (fault 1)"));
        Assert.That(handle.Report(), Does.Contain("Earlier run: Crashed: A background service of a host that it runs failed. (fault 1)"));
        Assert.That((await handle.StopAsync().Within()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(handle.EarlierRuns.Select(run => run.Kind), Is.EqualTo(new[] { LaunchOutcomeKind.Crashed, LaunchOutcomeKind.Stopped }));
    }

    [Test]
    public async Task A_launch_that_crashes_with_an_OperationCanceledException_is_started_again()
    {
        using var handle = this.Start();

        (await this.crasher.NextAsync()).SetResult(new TaskCanceledException("time-out"));
        await this.clock.PassDelayAsync();
        await this.crasher.NextAsync();

        Assert.That(handle.EarlierRuns.Single().Exception, Is.TypeOf<TaskCanceledException>());
    }

    [Test]
    public async Task A_crash_doubles_the_delay_until_the_launch_gives_up_and_names_count_period_and_last_exception()
    {
        using var handle = this.Start();
        List<TimeSpan> delays = [];

        for (var i = 0; i < 5; i++)
        {
            await this.crasher.CrashAsync($"crash {i + 1}");
            delays.Add(await this.clock.PassDelayAsync());
        }

        await this.crasher.CrashAsync("crash 6");
        var outcome = await handle.EndAsync();

        Assert.That(delays.Select(delay => delay.TotalSeconds), Is.EqualTo(new[] { 1, 2, 4, 8, 16 }));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Reason, Is.EqualTo("It was started again 5 times within 00:02:00 and has crashed once more, so it is not started again. Its delegate threw. The last error is System.InvalidOperationException."));
        Assert.That(outcome.Exception!.Message, Is.EqualTo("crash 6"));
        Assert.That(handle.EarlierRuns.Select(run => run.Exception!.Message), Is.EqualTo(Enumerable.Range(1, 6).Select(i => $"crash {i}")));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
        Assert.That(handle.Stopping.IsCancellationRequested, Is.True);
        Assert.That(this.crasher.Count, Is.EqualTo(6));
    }

    [Test]
    public async Task The_delay_never_exceeds_MaxDelay()
    {
        using var handle = this.Start(options => (options.MaxRestarts, options.MaxDelay) = (int.MaxValue, TimeSpan.FromSeconds(5)));
        List<TimeSpan> delays = [];

        for (var i = 0; i < 5; i++)
        {
            await this.crasher.CrashAsync();
            delays.Add(await this.clock.PassDelayAsync());
        }

        Assert.That(delays.Select(delay => delay.TotalSeconds), Is.EqualTo(new[] { 1, 2, 4, 5, 5 }));
    }

    [Test]
    public async Task A_run_that_was_ready_for_ResetAfter_makes_the_delay_short_again()
    {
        using var handle = this.Start();
        await this.crasher.CrashAsync();
        await this.clock.PassDelayAsync();
        await this.crasher.CrashAsync();
        Assert.That(await this.clock.PassDelayAsync(), Is.EqualTo(TimeSpan.FromSeconds(2)));

        var run = await this.crasher.NextAsync();
        await handle.BecomesAsync(LaunchState.Running);
        this.clock.Advance(TimeSpan.FromSeconds(60));
        run.TrySetResult(new IOException());

        Assert.That(await this.clock.PassDelayAsync(), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Restarts_that_are_older_than_Period_do_not_count()
    {
        using var handle = this.Start(options => (options.MaxRestarts, options.Period) = (1, TimeSpan.FromSeconds(10)));
        await this.crasher.CrashAsync();
        await this.clock.PassDelayAsync();

        var run = await this.crasher.NextAsync();
        this.clock.Advance(TimeSpan.FromSeconds(9));
        run.TrySetResult(new IOException());
        await this.clock.PassDelayAsync();
        await this.crasher.CrashAsync("too soon");

        Assert.That((await handle.EndAsync()).Exception!.Message, Is.EqualTo("too soon"));
        Assert.That(this.crasher.Count, Is.EqualTo(3));
    }

    [Test]
    public async Task A_stop_during_a_delay_ends_the_launch_at_once()
    {
        using var handle = this.Start();
        await this.crasher.CrashAsync();
        await this.clock.DelayAsync();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Restarting));

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop. It was waiting to be started again."));
        Assert.That(this.crasher.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task During_a_delay_the_thread_and_the_services_of_a_launch_are_refused_with_the_reason()
    {
        using var handle = this.Start();
        await this.crasher.CrashAsync();
        await this.clock.DelayAsync();

        const string Reason = "Launch 'launch' has crashed and is to be started again. Its thread and services come with its next run.";
        Assert.That(() => handle.InvokeAsync(() => { }), Throws.TypeOf<LaunchException>().With.Message.EqualTo(Reason));
        Assert.That(() => handle.Services, Throws.TypeOf<LaunchException>().With.Message.EqualTo(Reason));
        Assert.That(handle.Hosts, Is.Empty);
    }

    [Test]
    public async Task InvokeAsync_runs_on_the_thread_of_the_current_run()
    {
        using var handle = this.Start();
        var first = await handle.ThreadAsync();

        await this.crasher.CrashAsync();
        await this.clock.PassDelayAsync();
        await this.crasher.NextAsync();
        var second = await handle.ThreadAsync();

        Assert.That(second, Is.Not.SameAs(first));
        Assert.That(first.IsAlive, Is.False);
    }

    [Test]
    public async Task A_launch_that_returns_is_not_started_again()
    {
        using var handle = this.Start();

        await this.crasher.ReturnAsync();

        Assert.That((await handle.EndAsync()).ToString(), Is.EqualTo("Returned: Its delegate returned."));
        Assert.That(this.crasher.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task ShouldRestart_decides_which_outcomes_start_the_launch_again()
    {
        using var handle = this.Start(options => options.ShouldRestart = outcome => outcome.Kind == LaunchOutcomeKind.Returned);

        await this.crasher.ReturnAsync();
        await this.clock.PassDelayAsync();
        await this.crasher.CrashAsync();

        Assert.That((await handle.EndAsync()).ToString(), Is.EqualTo("Crashed: Its delegate threw. (crash)"));
        Assert.That(this.crasher.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task An_exception_of_ShouldRestart_ends_the_launch_as_crashed()
    {
        using var handle = this.Start(options => options.ShouldRestart = _ => throw new NotSupportedException("no answer"));

        await this.crasher.CrashAsync();

        Assert.That((await handle.EndAsync()).ToString(), Is.EqualTo("Crashed: It could not be started again. (no answer)"));
    }

    [Test]
    public async Task Only_the_latest_100_runs_are_kept()
    {
        var runs = 0;
        using var handle = Launcher.For(context =>
        {
            context.SignalReady();
            if (++runs <= 120)
            {
                throw new InvalidOperationException($"crash {runs}");
            }

            context.Stopping.WaitHandle.WaitOne();
        }).Supervised(options => (options.Delay, options.MaxRestarts) = (TimeSpan.Zero, int.MaxValue)).Start();

        await handle.BecomesAsync(LaunchState.Running, () => Volatile.Read(ref runs) > 120);
        await handle.StopAsync().Within();

        Assert.That(handle.EarlierRuns, Has.Count.EqualTo(100));
        Assert.That(handle.EarlierRuns[^2].Exception!.Message, Is.EqualTo("crash 120"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Each_run_begins_in_the_execution_context_of_the_caller_who_started_the_launch(bool flows)
    {
        var ambient = new AsyncLocal<string?>();
        List<string?> seen = [];
        var launcher = Launcher.For(
            context =>
            {
                seen.Add(ambient.Value);
                return this.crasher.RunAsync(context);
            },
            options => options.FlowExecutionContext = flows).Supervised(this.Configure);
        ambient.Value = "mine";
        using var handle = launcher.Start();

        await this.crasher.CrashAsync();
        await this.clock.PassDelayAsync();
        await this.crasher.NextAsync();

        Assert.That(seen, Is.EqualTo(flows ? new string?[] { "mine", "mine" } : [null, null]));
    }

    private LaunchHandle Start(Action<SupervisionOptions>? configure = null) =>
        Launcher.For(this.crasher.RunAsync).Supervised(options =>
        {
            this.Configure(options);
            configure?.Invoke(options);
        }).Start();

    private void Configure(SupervisionOptions options) => (options.TimeProvider, options.UseJitter) = (this.clock, false);
}
