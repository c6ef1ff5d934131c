using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SafeLaunch.Benchmarks.Contexts;
using SafeLaunch.Benchmarks.Launches;
using SafeLaunch.Benchmarks.Paired;
using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks;

/// <summary>All that docs/performance.md shows. In full it writes that page; with --short it takes less than five minutes, and only prints; with --stops it only prints the table of the stops, with --guard those of the guard, with --telemetry that of metrics and traces, with --processes that of child launches.</summary>
internal static class Measurements
{
    private static async Task Main(string[] args)
    {
        if (args is [TelemetryCost.Turn, var way])
        {
            await TelemetryCost.TakeTurnAsync(way);
            return;
        }

        // As a test runner does: it is where WebApplicationFactory looks for its manifest.
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        var effort = new Effort(IsBrief: args.Contains("--short", StringComparer.Ordinal));
        if (args.Contains("--stops", StringComparer.Ordinal))
        {
            Console.WriteLine(await Stops.MeasureAsync(effort));
            return;
        }

        if (args.Contains("--guard", StringComparer.Ordinal))
        {
            Console.WriteLine($"{await GuardCost.MeasureServingAsync(effort)}\n{await GuardCost.MeasureStartAsync(effort)}");
            return;
        }

        if (args.Contains("--telemetry", StringComparer.Ordinal))
        {
            Console.WriteLine(await TelemetryCost.MeasureAsync(effort));
            return;
        }

        if (args.Contains("--processes", StringComparer.Ordinal))
        {
            Console.WriteLine(await ProcessStart.MeasureAsync(effort));
            return;
        }

        var tables = new Dictionary<string, Table>(StringComparer.Ordinal)
        {
            ["web start"] = await WebStart.MeasureAsync(effort),
            ["stops"] = await Stops.MeasureAsync(effort),
            ["serving"] = await Serving.MeasureAsync(effort),
            ["guard serving"] = await GuardCost.MeasureServingAsync(effort),
            ["guard start"] = await GuardCost.MeasureStartAsync(effort),
            ["processes"] = await ProcessStart.MeasureAsync(effort),
            ["telemetry"] = await TelemetryCost.MeasureAsync(effort),
        };
        (tables["many launches"], var costs) = await ManyLaunches.MeasureAsync(effort);
        MeasureDetails(new(ConfigOf(effort)), tables);

        foreach (var (name, table) in tables)
        {
            Console.WriteLine($"\n{name}\n{table}");
        }

        if (!effort.IsBrief)
        {
            Save(tables, costs);
        }
    }

    private static void MeasureDetails(Micro micro, Dictionary<string, Table> tables)
    {
        tables["empty launch"] = MethodTable.Of(
            "start and stop",
            micro.Run<EmptyLaunch>(),
            (nameof(EmptyLaunch.ByHand), "`AsyncContextThread` and an empty host, by hand"),
            (nameof(EmptyLaunch.Launch), "an empty launch"),
            (nameof(EmptyLaunch.LaunchWithOwnHost), "an empty launch with a launch host"));
        tables["invoke"] = MethodTable.Of(
            "there and back",
            micro.Run<InvokeRoundTrip>(),
            (nameof(InvokeRoundTrip.AsyncContextThreadAsync), "`AsyncContextThread`"),
            (nameof(InvokeRoundTrip.LaunchAsync), "a launch"),
            (nameof(InvokeRoundTrip.ParkedLaunchAsync), "a launch parked in a blocking wait"));
        tables["posts"] = ContextTables.Throughput(micro.Run<PostThroughput>());
        tables["latency"] = ContextTables.Latency(micro.Run<PostLatency>());
    }

    // In this process, so that all contenders meet the same JIT, the same heap and the same neighbours.
    private static ManualConfig ConfigOf(Effort effort) => ManualConfig.CreateEmpty()
        .AddJob(effort.Job.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default);

    private static void Save(Dictionary<string, Table> tables, IReadOnlyList<Cost> costs)
    {
        var docs = Docs.Find();
        var page = new PerformancePage(Path.Combine(docs, "performance.md"));
        foreach (var (name, table) in tables)
        {
            page.Replace(name, table.ToString());
        }

        page.Replace("machine", string.Create(
            CultureInfo.InvariantCulture,
            $"Measured on {DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}."));
        page.Save();
        CostPlot.Save(Path.Combine(docs, "performance-launches.svg"), costs);
    }
}
