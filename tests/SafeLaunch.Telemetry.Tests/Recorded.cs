using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace SafeLaunch.Telemetry.Tests;

/// <summary>The measurements of one instrument of SafeLaunch. Other tests launch meanwhile, so each test asks for the name of its launch.</summary>
internal sealed class Recorded<T>(string instrument) : IDisposable
    where T : struct
{
    private readonly MetricCollector<T> collector = new(meterScope: null, "SafeLaunch", instrument);

    public IReadOnlyList<CollectedMeasurement<T>> Of(string launch) =>
        [.. this.collector.GetMeasurementSnapshot().Where(measurement => launch.Equals(measurement.Tags["safelaunch.launch.name"]))];

    /// <summary>Asks the instrument now.</summary>
    /// <returns>The measurement of the launches of this name; null if there is none.</returns>
    public T? Ask(string launch)
    {
        this.collector.Clear();
        this.collector.RecordObservableInstruments();
        return this.Of(launch).SingleOrDefault()?.Value;
    }

    public void Dispose() => this.collector.Dispose();
}
