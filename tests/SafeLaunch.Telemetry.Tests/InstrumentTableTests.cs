using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace SafeLaunch.Telemetry.Tests;

/// <summary>The table of docs/telemetry.md, written by what launches really measure.</summary>
public sealed class InstrumentTableTests
{
    private readonly ConcurrentDictionary<string, Instrument> instruments = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Instrument, string Tag), bool> tags = new();

    [Test]
    public async Task The_table_of_the_page_on_telemetry_has_each_instrument_with_its_unit_and_its_tags()
    {
        using var listener = new MeterListener { InstrumentPublished = this.Enable };
        listener.SetMeasurementEventCallback<double>((instrument, _, found, _) => this.Keep(instrument, found));
        listener.SetMeasurementEventCallback<long>((instrument, _, found, _) => this.Keep(instrument, found));
        listener.Start();
        var runs = 0;
        var isBack = Gate.NewSource();
        await using (var handle = await Launcher.For(context =>
        {
            context.SignalReady();
            Task.Run(() => context.SynchronizationContext.Send(_ => { }, null)).Wait();
            if (Interlocked.Increment(ref runs) == 1)
            {
                throw new TimeZoneNotFoundException();
            }

            isBack.SetResult();
            context.Stopping.WaitHandle.WaitOne();
        }).Supervised(options => options.Delay = TimeSpan.Zero).StartAsync())
        {
            await isBack.Task.Within();
            listener.RecordObservableInstruments();
        }

        TestLaunch.StartError(_ => throw new TimeZoneNotFoundException());

        new DocPage("telemetry.md").HasTable("instruments", this.Table());
    }

    private static string KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name[..name.IndexOf('`', StringComparison.Ordinal)];
    }

    private void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name is "SafeLaunch")
        {
            this.instruments[instrument.Name] = instrument;
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> found)
    {
        foreach (var tag in found)
        {
            this.tags[(instrument.Name, tag.Key)] = true;
        }
    }

    private string Table()
    {
        var table = new StringBuilder("| Instrument | Kind | Unit | Tags | |\n|---|---|---|---|---|\n");
        foreach (var instrument in this.instruments.Values.OrderByDescending(instrument => instrument.Name, StringComparer.Ordinal))
        {
            var found = this.tags.Keys.Where(tag => tag.Instrument.Equals(instrument.Name, StringComparison.Ordinal)).Select(tag => $"`{tag.Tag}`").Order(StringComparer.Ordinal);
            table.Append(CultureInfo.InvariantCulture, $"| `{instrument.Name}` | {KindOf(instrument)} | `{instrument.Unit}` | {string.Join(", ", found)} | {instrument.Description} |\n");
        }

        return table.ToString();
    }
}
