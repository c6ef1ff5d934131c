using System.Diagnostics.Metrics;

namespace SafeLaunch.Telemetry;

/// <summary>The launches that have begun and not ended. They are counted when a listener asks.</summary>
internal sealed class LiveLaunches
{
    private readonly HashSet<LaunchTelemetry> launches = [];

    /// <summary>
    /// The names that listeners have seen. A name whose launches have ended is measured as zero, since exporters go on to show the last value
    /// of each name.
    /// </summary>
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);

    public void Add(LaunchTelemetry launch)
    {
        lock (this.launches)
        {
            this.launches.Add(launch);
        }
    }

    public void Remove(LaunchTelemetry launch)
    {
        lock (this.launches)
        {
            this.launches.Remove(launch);
        }
    }

    public IEnumerable<Measurement<long>> Count() => this.Sum(static _ => 1);

    public IEnumerable<Measurement<long>> CountQueued() => this.Sum(static launch => launch.QueueLength);

    /// <summary>Several launches of one name are one measurement.</summary>
    private List<Measurement<long>> Sum(Func<IMeasuredLaunch, long> value)
    {
        lock (this.launches)
        {
            var sums = this.reported.ToDictionary(name => name, _ => 0L, StringComparer.Ordinal);
            foreach (var launch in this.launches.Select(telemetry => telemetry.Launch))
            {
                this.reported.Add(launch.Name);
                sums.TryGetValue(launch.Name, out var sum);
                sums[launch.Name] = sum + value(launch);
            }

            return [.. sums.Select(sum => new Measurement<long>(sum.Value, Tags.Of(sum.Key)))];
        }
    }
}
