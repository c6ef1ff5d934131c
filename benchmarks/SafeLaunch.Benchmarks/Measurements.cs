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

/// <summary>All that docs/performance.md shows. In full it writes that page; with --short it takes less than five minutes, and only prints. A switch of <see cref="Parts"/> measures and prints one part.</summary>
internal static class Measurements
{
    /// <summary>What a switch measures and prints alone.</summary>
    private static readonly (string Switch, Func<Effort, Task<Table>>[] MeasureAsync)[] Parts =
    [
        ("--first", [FirstStart.MeasureAsync]),
        ("--start", [WebStart.MeasureAsync, WebStart.MeasureBesideThreadAsync]),
        ("--stops", [Stops.MeasureAsync]),
        ("--guard", [GuardCost.MeasureServingAsync, GuardCost.MeasureStartAsync]),
        ("--telemetry", [TelemetryCost.MeasureAsync]),
        ("--processes", [ProcessStart.MeasureAsync]),
    ];

    private static async Task Main(string[] args)
    {
        if (args is [TelemetryCost.Turn, var way])
        {
            await TelemetryCost.TakeTurnAsync(way);
            return;
        }

        if (args is [FirstStart.Turn, var firstWay])
        {
            await FirstStart.TakeTurnAsync(firstWay);
            return;
        }

        // As a test runner does: it is where WebApplicationFactory looks for its manifest.
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        var effort = new Effort(IsBrief: args.Contains("--short", StringComparer.Ordinal));
        if (Array.Find(Parts, part => args.Contains(part.Switch, StringComparer.Ordinal)) is { MeasureAsync: { } measureAsync })
        {
            foreach (var measure in measureAsync)
            {
                Console.WriteLine(await measure(effort));
            }

            return;
        }

        var tables = new Dictionary<string, Table>(StringComparer.Ordinal)
        {
            ["web start"] = await WebStart.MeasureAsync(effort),
            ["web start beside a thread"] = await WebStart.MeasureBesideThreadAsync(effort),
            ["first start"] = await FirstStart.MeasureAsync(effort),
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
