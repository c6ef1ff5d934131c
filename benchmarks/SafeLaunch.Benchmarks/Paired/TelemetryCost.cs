using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>
/// What metrics and traces cost an empty launch: switched off, while no listener is enabled, and while listeners take all of them. The switch
/// holds for a process, so each turn is a process. Processes differ by themselves: off takes part twice, and its second ratio shows by how much.
/// </summary>
public static class TelemetryCost
{
    /// <summary>The argument of the process of a turn; the way comes behind it.</summary>
    public const string Turn = "--telemetry-turn";

    private const string Off = "off";
    private const string OffAgain = "off-again";
    private const string Silent = "silent";
    private const string Heard = "heard";
    private const int LaunchesInSample = 20;
    private const int WarmUps = 50;
    private const int Samples = 50;

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [Off] = "metrics and traces switched off",
        [OffAgain] = "switched off, measured once more",
        [Silent] = "no listener",
        [Heard] = "listeners of all metrics and traces",
    };

    public static async Task<Table> MeasureAsync(Effort effort)
    {
        var rounds = new Rounds<string, Sample>([.. Names.Keys]);
        await rounds.RunAsync(warmUps: 1, effort.Rounds(brief: 10, full: 60), RunTurnAsync);

        var table = new Table("start and stop of an empty launch", "time", "ratio", "allocated", "ratio");
        foreach (var way in rounds.Contenders)
        {
            table.Add(
                Names[way],
                Format.Microseconds(rounds.Median(way, sample => sample.Microseconds)),
                Format.Ratio(rounds.MedianRatio(way, sample => sample.Microseconds)),
                Format.Bytes(rounds.Median(way, sample => sample.Bytes)),
                Format.Ratio(rounds.MedianRatio(way, sample => sample.Bytes)));
        }

        return table;
    }

    /// <summary>One turn, in the process that was started for it. Prints the medians of its samples.</summary>
    public static async Task TakeTurnAsync(string way)
    {
        AppContext.SetSwitch("SafeLaunch.Telemetry.IsSupported", way is Silent or Heard);
        using var listeners = way is Heard ? new Listeners() : null;
        var samples = new List<Sample>();
        for (var i = -WarmUps; i < Samples; i++)
        {
            var sample = await TakeSampleAsync();
            if (i >= 0)
            {
                samples.Add(sample);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(samples.Select(sample => sample.Microseconds))} {Statistics.Median(samples.Select(sample => sample.Bytes))}"));
    }

    private static async Task<Sample> RunTurnAsync(string way)
    {
        // The runtime compiles hot methods again, each process in another way, and that difference is larger than the one that is measured here.
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Turn, way])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_TieredCompilation"] = "0" },
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var figures = output.Split(' ');
        return new(double.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    }

    private static async Task<Sample> TakeSampleAsync()
    {
        var launcher = Launcher.For(() => { });
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < LaunchesInSample; i++)
        {
            var handle = await launcher.StartAsync();
            await handle.StopAsync();
        }

        var elapsed = clock.Elapsed;
        return new(elapsed.TotalMicroseconds / LaunchesInSample, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)LaunchesInSample);
    }

    private sealed record Sample(double Microseconds, double Bytes);

    private sealed class Listeners : IDisposable
    {
        private readonly MeterListener metrics = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name is "SafeLaunch")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };

        private readonly ActivityListener traces = new()
        {
            ShouldListenTo = source => source.Name is "SafeLaunch",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };

        public Listeners()
        {
            this.metrics.Start();
            ActivitySource.AddActivityListener(this.traces);
        }

        public void Dispose()
        {
            this.metrics.Dispose();
            this.traces.Dispose();
        }
    }
}
