using System.Diagnostics.Metrics;

namespace SafeLaunch.Telemetry.Tests;

/// <summary>What a launch measures while a listener is enabled.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MeasurementTests
{
    [Test]
    public async Task A_start_and_a_stop_are_measured_in_seconds_with_the_name_of_the_launch()
    {
        using var starts = new Recorded<double>("safelaunch.launch.start.duration");
        using var stops = new Recorded<double>("safelaunch.launch.stop.duration");

        var outcome = await RunAsync("measured", TestLaunch.UntilStopped);

        var start = starts.Of("measured").Single();
        var stop = stops.Of("measured").Single();
        Assert.That(start.Value, Is.GreaterThan(0).And.LessThan(outcome.Duration.TotalSeconds));
        Assert.That(start.Tags.Keys, Is.EquivalentTo(new[] { "safelaunch.launch.name" }));
        Assert.That(stop.Value, Is.GreaterThan(0));
        Assert.That(stop.Tags["safelaunch.outcome.kind"], Is.EqualTo("stopped"));
    }

    [Test]
    public void A_start_that_fails_is_measured_with_the_type_of_its_error()
    {
        using var starts = new Recorded<double>("safelaunch.launch.start.duration");

        TestLaunch.StartError(_ => throw new TimeZoneNotFoundException(), options => options.Name = "failed start");

        Assert.That(starts.Of("failed start").Single().Tags["error.type"], Is.EqualTo("System.TimeZoneNotFoundException"));
    }

    [Test]
    public async Task A_start_that_is_cancelled_is_measured_as_failed()
    {
        using var starts = new Recorded<double>("safelaunch.launch.start.duration");
        using var cancel = new CancellationTokenSource();
        var start = Launcher.For(context => context.Stopping.WaitHandle.WaitOne(), options => options.Name = "cancelled start").StartAsync(cancel.Token);

        await cancel.CancelAsync();
        await start.ErrorAsync();

        Assert.That(starts.Of("cancelled start").Single().Tags["error.type"], Is.EqualTo("System.OperationCanceledException"));
    }

    [TestCase("stopped")]
    [TestCase("returned")]
    [TestCase("crashed")]
    [TestCase("abandoned")]
    public async Task Each_end_of_a_launch_is_counted_once_by_its_kind(string kind)
    {
        using var outcomes = new Recorded<long>("safelaunch.launch.outcomes");
        using var gate = new ManualResetEventSlim();

        await RunAsync(
            $"ends {kind}",
            context =>
            {
                context.SignalReady();
                switch (kind)
                {
                    case "stopped":
                        context.Stopping.WaitHandle.WaitOne();
                        break;
                    case "crashed":
                        throw new InvalidOperationException("crash");
                    case "abandoned":
                        TestLaunch.WaitStubbornly(gate);
                        break;
                }
            },
            endsByItself: kind is "returned" or "crashed");
        gate.Set();

        var counted = outcomes.Of($"ends {kind}").Single();
        Assert.That(counted.Value, Is.EqualTo(1));
        Assert.That(counted.Tags["safelaunch.outcome.kind"], Is.EqualTo(kind));
        Assert.That(counted.Tags.GetValueOrDefault("error.type"), Is.EqualTo(kind is "crashed" ? "System.InvalidOperationException" : null));
    }

    [Test]
    public async Task A_restart_of_a_supervised_launch_is_counted_with_the_type_of_the_error_that_caused_it()
    {
        using var restarts = new Recorded<long>("safelaunch.launch.restarts");
        var runs = 0;
        var isBack = Gate.NewSource();
        await using var handle = await Launcher.For(
            context =>
            {
                context.SignalReady();
                if (Interlocked.Increment(ref runs) == 1)
                {
                    throw new TimeZoneNotFoundException();
                }

                isBack.SetResult();
                context.Stopping.WaitHandle.WaitOne();
            },
            options => options.Name = "restarted").Supervised(options => options.Delay = TimeSpan.Zero).StartAsync();

        await isBack.Task.Within();

        var restart = restarts.Of("restarted").Single();
        Assert.That(restart.Value, Is.EqualTo(1));
        Assert.That(restart.Tags["error.type"], Is.EqualTo("System.TimeZoneNotFoundException"));
    }

    [Test]
    public async Task A_listener_that_comes_late_finds_the_launches_that_run_already_and_zero_once_they_have_ended()
    {
        var launcher = Launcher.For(TestLaunch.UntilStopped, options => options.Name = "active");
        var one = await launcher.StartAsync().Within();
        var two = await launcher.StartAsync().Within();
        using var active = new Recorded<long>("safelaunch.launch.active");

        Assert.That(active.Ask("active"), Is.EqualTo(2));
        await one.StopAsync().Within();
        Assert.That(active.Ask("active"), Is.EqualTo(1));
        await two.StopAsync().Within();
        Assert.That(active.Ask("active"), Is.Zero);
    }

    [Test]
    public async Task The_name_of_an_ended_launch_is_not_measured_for_ever()
    {
        using var active = new Recorded<long>("safelaunch.launch.active");
        var handle = await Launcher.For(TestLaunch.UntilStopped, options => options.Name = "forgotten").StartAsync().Within();
        Assert.That(active.Ask("forgotten"), Is.EqualTo(1));
        await handle.StopAsync().Within();

        Assert.That(Enumerable.Range(0, 1000).Select(_ => active.Ask("forgotten")), Has.Some.Null);
    }

    /// <summary>Another test may have asked in the middle of the start, so that the name stays with zero.</summary>
    [Test]
    public void A_launch_whose_start_has_failed_is_not_active()
    {
        using var active = new Recorded<long>("safelaunch.launch.active");

        TestLaunch.StartError(_ => throw new TimeZoneNotFoundException(), options => options.Name = "never active");

        Assert.That(active.Ask("never active") ?? 0, Is.Zero);
    }

    [Test]
    public async Task Work_that_waits_for_the_launch_thread_is_the_length_of_the_queue()
    {
        using var length = new Recorded<long>("safelaunch.context.queue.length");
        using var gate = new ManualResetEventSlim();
        var isBlocked = Gate.NewSource();
        await using var handle = await Launcher.For(
            () => { },
            options =>
            {
                options.Name = "queue";
                options.BlockingWaits = BlockingWaitBehavior.Block;
            }).StartAsync();
        var blocked = handle.InvokeAsync(() =>
        {
            isBlocked.SetResult();
            gate.Wait(Gate.Patience);
        });
        await isBlocked.Task.Within();

        handle.SynchronizationContext.Post(_ => { }, null);
        handle.SynchronizationContext.Post(_ => { }, null);
        var during = length.Ask("queue");
        gate.Set();
        await blocked.Within();
        await handle.InvokeAsync(() => { }).Within();

        Assert.That(during, Is.EqualTo(2));
        Assert.That(length.Ask("queue"), Is.Zero);
    }

    [Test]
    public async Task A_pumping_wait_is_counted_once_however_much_it_serves()
    {
        using var waits = new Recorded<long>("safelaunch.context.pumping_waits");
        await using var handle = await Launcher.For(() => { }, options => options.Name = "pump").StartAsync();

        await handle.InvokeAsync(() =>
        {
            var context = SynchronizationContext.Current!;
            Task.Run(() =>
            {
                context.Send(_ => { }, null);
                context.Send(_ => { }, null);
            }).Wait();
        }).Within();

        Assert.That(waits.Of("pump").Single().Value, Is.EqualTo(1));
    }

    [Test]
    public async Task A_listener_that_throws_does_not_affect_the_launch_and_is_logged_once()
    {
        using var log = new LogRecorder();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name is "SafeLaunch" && !instrument.IsObservable)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => ThrowFor("unlucky", tags));
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => ThrowFor("unlucky", tags));
        listener.Start();

        var outcome = await RunAsync("unlucky", TestLaunch.UntilStopped, options => options.LoggerFactory = log.Factory);

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(log.Single(LogEvents.TelemetryFailed).Exception, Is.TypeOf<TimeZoneNotFoundException>());
    }

    private static void ThrowFor(string launch, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (launch.Equals(tag.Value))
            {
                throw new TimeZoneNotFoundException();
            }
        }
    }

    private static async Task<LaunchOutcome> RunAsync(
        string name, Action<LaunchContext> launch, Action<LaunchOptions>? configure = null, bool endsByItself = false)
    {
        var handle = await Launcher.For(launch, options =>
        {
            options.Name = name;
            options.StopTimeout = TestLaunch.ShortStop;
            configure?.Invoke(options);
        }).StartAsync().Within();
        return endsByItself ? await handle.EndAsync() : await handle.StopAsync().Within();
    }
}
