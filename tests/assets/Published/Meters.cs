using System.Diagnostics.Metrics;

namespace Published;

/// <summary>The meters of this process.</summary>
internal static class Meters
{
    public static bool Has(string name)
    {
        var found = false;
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => found |= string.Equals(instrument.Meter.Name, name, StringComparison.Ordinal) };
        listener.Start();
        return found;
    }
}
