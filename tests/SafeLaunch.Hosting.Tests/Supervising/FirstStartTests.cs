namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>The first start of a supervised launch.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FirstStartTests
{
    private readonly Clock clock = new();
    private int starts;

    [Test]
    public void A_first_start_that_fails_throws_the_exception_of_the_launched_code()
    {
        var launcher = this.FailingLauncher(times: 1);

        Assert.That(launcher.Start, Throws.TypeOf<IOException>().With.Message.EqualTo("start 1"));
        Assert.That(this.starts, Is.EqualTo(1));
    }

    [Test]
    public async Task With_RetryFirstStart_a_start_that_fails_three_times_succeeds_with_the_fourth_run()
    {
        var start = this.FailingLauncher(times: 3, options => options.RetryFirstStart = true).StartAsync();

        List<TimeSpan> delays = [];
        for (var i = 0; i < 3; i++)
        {
            delays.Add(await this.clock.PassDelayAsync());
        }

        await using var handle = await start.Within();
        Assert.That(delays.Select(delay => delay.TotalSeconds), Is.EqualTo(new[] { 1, 2, 4 }));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.EarlierRuns.Select(run => run.Exception!.Message), Is.EqualTo(new[] { "start 1", "start 2", "start 3" }));
    }

    [Test]
    public async Task With_RetryFirstStart_a_launch_that_gives_up_throws_its_last_exception()
    {
        var start = this.FailingLauncher(times: 9, options => (options.RetryFirstStart, options.MaxRestarts) = (true, 1)).StartAsync();
        await this.clock.PassDelayAsync();

        Assert.That(await start.ErrorAsync(), Is.TypeOf<IOException>().With.Message.EqualTo("start 2"));
    }

    [Test]
    public async Task A_cancelled_token_ends_the_delay_before_a_first_start_is_tried_again()
    {
        using var source = new CancellationTokenSource();
        var start = this.FailingLauncher(times: 9, options => options.RetryFirstStart = true).StartAsync(source.Token);
        await this.clock.DelayAsync();

        await source.CancelAsync();

        Assert.That(await start.ErrorAsync(), Is.InstanceOf<OperationCanceledException>().With.Message.EqualTo("The start of launch 'launch' was cancelled."));
    }

    [Test]
    public async Task A_launch_that_was_cancelled_before_its_first_run_does_not_say_that_it_was_waiting_to_be_started_again()
    {
        var launch = this.FailingLauncher(times: 0).Source.Begin(new() { CancellationToken = new(canceled: true) });

        Assert.That(await launch.Started.ErrorAsync(), Is.InstanceOf<OperationCanceledException>());
        Assert.That((await launch.Completion.Within()).ToString(), Is.EqualTo("Stopped: Its start was cancelled."));
        Assert.That(this.starts, Is.Zero);
    }

    [Test]
    public async Task A_token_that_is_cancelled_once_the_launch_is_ready_has_no_effect()
    {
        using var source = new CancellationTokenSource();
        await using var handle = await this.FailingLauncher(times: 0).StartAsync(source.Token).Within();

        await source.CancelAsync();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_restart_that_is_not_ready_in_time_counts_as_a_crash()
    {
        var runs = 0;
        await using var handle = await Launcher.For(
            context =>
            {
                if (++runs == 1)
                {
                    context.SignalReady();
                    throw new IOException();
                }

                context.Stopping.WaitHandle.WaitOne();
            },
            options => options.StartTimeout = TimeSpan.FromMilliseconds(200)).Supervised(this.Configure).StartAsync().Within();
        await this.clock.PassDelayAsync();

        await this.clock.DelayAsync();

        Assert.That(handle.EarlierRuns[1].Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(handle.EarlierRuns[1].Exception, Is.TypeOf<LaunchTimeoutException>());
    }

    [Test]
    public void Run_throws_the_exception_of_a_first_start_that_fails() =>
        Assert.That(this.FailingLauncher(times: 1).Run, Throws.TypeOf<IOException>().With.Message.EqualTo("start 1"));

    [Test]
    public void Run_throws_the_OperationCanceledException_of_launched_code_that_fails_the_first_start() =>
        Assert.That(
            Launcher.For((Action)(() => throw new TaskCanceledException("time-out"))).Supervised().Run,
            Throws.TypeOf<TaskCanceledException>().With.Message.EqualTo("time-out"));

    private Launcher FailingLauncher(int times, Action<SupervisionOptions>? configure = null) => Launcher.For(context =>
    {
        if (++this.starts <= times)
        {
            throw new IOException($"start {this.starts}");
        }

        TestLaunch.UntilStopped(context);
    }).Supervised(options =>
    {
        this.Configure(options);
        configure?.Invoke(options);
    });

    private void Configure(SupervisionOptions options) => (options.TimeProvider, options.UseJitter) = (this.clock, false);
}
