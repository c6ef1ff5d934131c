#if NET9_0_OR_GREATER
using System.Diagnostics.Metrics;

namespace SafeLaunch.Telemetry;

/// <content>Histograms that advise their buckets.</content>
internal sealed partial class Instruments
{
    // Without advice an exporter would take buckets that are meant for milliseconds, and nearly all launches would fall into the first.
    private Histogram<double> CreateSeconds(string name, string description) => this.meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double>
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    });
}
#endif
