#if !NET9_0_OR_GREATER
using System.Diagnostics.Metrics;

namespace SafeLaunch.Telemetry;

/// <content>Histograms without advice on their buckets, which System.Diagnostics.DiagnosticSource 8 does not know.</content>
internal sealed partial class Instruments
{
    private Histogram<double> CreateSeconds(string name, string description) => this.meter.CreateHistogram<double>(name, "s", description);
}
#endif
