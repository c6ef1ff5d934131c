using System.Diagnostics;

namespace SafeLaunch.Telemetry.Tests;

/// <summary>The spans of a launch while a listener is enabled.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SpanTests
{
    [Test]
    public async Task The_span_of_a_start_is_a_child_of_the_activity_of_the_caller_and_ends_when_the_launch_is_ready()
    {
        using var spans = new Spans();
        using var caller = new Activity("caller").Start();
        await using var handle = await Launcher.For(TestLaunch.UntilStopped, options => options.Name = "child span").StartAsync();

        var start = spans.Of("child span", "launch start").Single();

        Assert.That(start.ParentSpanId, Is.EqualTo(caller.SpanId));
        Assert.That(start.Duration, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(start.Status, Is.EqualTo(ActivityStatusCode.Unset));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_launched_code_has_the_activity_of_its_caller_where_that_flows_and_never_the_span_of_the_start(bool flows)
    {
        using var spans = new Spans();
        using var caller = new Activity("caller").Start();
        Activity? inside = null;
        await using var handle = await Launcher.For(
            context =>
            {
                inside = Activity.Current;
                context.SignalReady();
                context.Stopping.WaitHandle.WaitOne();
            },
            options =>
            {
                options.Name = $"flow {flows}";
                options.FlowExecutionContext = flows;
            }).StartAsync();

        Assert.That(inside, Is.SameAs(flows ? caller : null));
        Assert.That(Activity.Current, Is.SameAs(caller));
        Assert.That(spans.Of($"flow {flows}", "launch start"), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_span_of_a_start_that_fails_has_the_error()
    {
        using var spans = new Spans();

        TestLaunch.StartError(_ => throw new TimeZoneNotFoundException("No such zone."), options => options.Name = "failed span");

        var start = spans.Of("failed span", "launch start").Single();
        Assert.That(start.Status, Is.EqualTo(ActivityStatusCode.Error));
        Assert.That(start.StatusDescription, Is.EqualTo("No such zone."));
        Assert.That(start.GetTagItem("error.type"), Is.EqualTo("System.TimeZoneNotFoundException"));
    }

    [Test]
    public async Task The_span_of_a_stop_is_a_child_of_the_activity_that_asks_for_it_and_no_code_of_the_stop_runs_inside_of_it()
    {
        using var spans = new Spans();
        Activity? inside = null;
        var handle = await Launcher.For(TestLaunch.UntilStopped, options =>
        {
            options.Name = "stop span";
            options.StopWith(_ =>
            {
                inside = Activity.Current;
                return Task.CompletedTask;
            });
        }).StartAsync().Within();

        using var caller = new Activity("caller").Start();
        await handle.StopAsync().Within();

        var stop = spans.Of("stop span", "launch stop").Single();
        Assert.That(stop.ParentSpanId, Is.EqualTo(caller.SpanId));
        Assert.That(stop.GetTagItem("safelaunch.outcome.kind"), Is.EqualTo("stopped"));
        Assert.That(stop.Status, Is.EqualTo(ActivityStatusCode.Unset));
        Assert.That(inside, Is.Null);
        Assert.That(Activity.Current, Is.SameAs(caller));
    }

    [Test]
    public async Task The_span_of_a_stop_after_a_crash_has_the_error_and_the_reason()
    {
        using var spans = new Spans();
        await using var handle = await Launcher.For(
            context =>
            {
                context.SignalReady();
                throw new TimeZoneNotFoundException();
            },
            options => options.Name = "crash span").StartAsync();

        await handle.EndAsync();

        var stop = spans.Of("crash span", "launch stop").Single();
        Assert.That(stop.Status, Is.EqualTo(ActivityStatusCode.Error));
        Assert.That(stop.StatusDescription, Is.EqualTo("Its delegate threw."));
        Assert.That(stop.GetTagItem("error.type"), Is.EqualTo("System.TimeZoneNotFoundException"));
        Assert.That(stop.GetTagItem("safelaunch.outcome.kind"), Is.EqualTo("crashed"));
    }

    [Test]
    public async Task The_span_of_a_restart_is_a_root_since_the_activity_of_the_first_start_may_have_ended_long_ago()
    {
        using var spans = new Spans();
        using var caller = new Activity("caller").Start();
        var runs = 0;
        await using var handle = await Launcher.For(
            context =>
            {
                context.SignalReady();
                if (Interlocked.Increment(ref runs) == 1)
                {
                    throw new TimeZoneNotFoundException();
                }

                context.Stopping.WaitHandle.WaitOne();
            },
            options => options.Name = "restart span").Supervised(options => options.Delay = TimeSpan.Zero).StartAsync();
        Assert.That(SpinWait.SpinUntil(() => handle.EarlierRuns.Count == 1 && handle.State == LaunchState.Running, Gate.Patience), Is.True);
        await handle.StopAsync().Within();

        var starts = spans.Of("restart span", "launch start");

        Assert.That(starts.Select(start => start.ParentSpanId), Is.EqualTo(new[] { caller.SpanId, default }));
    }
}
