using System.Diagnostics.Metrics;

namespace SafeLaunch.Telemetry;

/// <summary>The launches that have begun and not ended. They are counted when a listener asks.</summary>
internal sealed class LiveLaunches
{
    private readonly HashSet<LaunchTelemetry> launches = [];

    /// <summary>For several listeners, each of which asks for both measurements.</summary>
    private const int Zeros = 100;

    /// <summary>
    /// The names that listeners have seen, and how often each is still to be measured as zero once its launches have ended: exporters go on to show
    /// the last value of a name. Not for ever, since a program may give each of its launches another name.
    /// </summary>
    private readonly Dictionary<string, int> reported = new(StringComparer.Ordinal);

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
            var sums = this.CountDown();
            foreach (var launch in this.launches.Select(telemetry => telemetry.Launch))
            {
                this.reported[launch.Name] = Zeros;
                sums.TryGetValue(launch.Name, out var sum);
                sums[launch.Name] = sum + value(launch);
            }

            return [.. sums.Select(sum => new Measurement<long>(sum.Value, Tags.Of(sum.Key)))];
        }
    }

    /// <summary>Zero for each name that is still to be measured.</summary>
    private Dictionary<string, long> CountDown()
    {
        var zeros = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in this.reported.Keys.ToArray())
        {
            if (this.reported[name]-- > 0)
            {
                zeros.Add(name, 0);
            }
            else
            {
                this.reported.Remove(name);
            }
        }

        return zeros;
    }
}
