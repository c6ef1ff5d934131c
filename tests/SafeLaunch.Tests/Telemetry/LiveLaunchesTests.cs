using System.Diagnostics.Metrics;
using SafeLaunch.Telemetry;

namespace SafeLaunch.Tests.Telemetry;

[Parallelizable(ParallelScope.All)]
public sealed class LiveLaunchesTests
{
    [Test]
    public void Launches_of_one_name_are_one_measurement()
    {
        var live = new LiveLaunches();
        live.Add(new(new Measured("shop", QueueLength: 2)));
        live.Add(new(new Measured("shop", QueueLength: 3)));
        live.Add(new(new Measured("blog", QueueLength: 0)));

        Assert.That(Values(live.Count()), Is.EquivalentTo(new[] { ("shop", 2L), ("blog", 1L) }));
        Assert.That(Values(live.CountQueued()), Is.EquivalentTo(new[] { ("shop", 5L), ("blog", 0L) }));
    }

    [Test]
    public void The_name_of_launches_that_have_ended_is_measured_as_zero_a_hundred_times()
    {
        var live = new LiveLaunches();
        var telemetry = new LaunchTelemetry(new Measured("shop", QueueLength: 1));
        live.Add(telemetry);
        _ = live.Count();
        live.Remove(telemetry);

        var measured = Enumerable.Range(0, 102).Select(_ => Values(live.Count()).ToArray()).ToArray();

        Assert.That(measured.Take(100), Is.All.EqualTo(new[] { ("shop", 0L) }));
        Assert.That(measured.Skip(100), Is.All.Empty);
    }

    [Test]
    public void A_name_that_no_listener_has_seen_is_not_measured_after_the_end_of_its_launch()
    {
        var live = new LiveLaunches();
        var telemetry = new LaunchTelemetry(new Measured("shop", QueueLength: 1));
        live.Add(telemetry);
        live.Remove(telemetry);

        Assert.That(live.Count(), Is.Empty);
    }

    private static IEnumerable<(string Name, long Value)> Values(IEnumerable<Measurement<long>> measurements) =>
        measurements.Select(measurement => ((string)measurement.Tags[0].Value!, measurement.Value));

    private sealed record Measured(string Name, int QueueLength) : IMeasuredLaunch
    {
        public void OnListenerFailed(Exception error) => Assert.Fail(error.Message);
    }
}
