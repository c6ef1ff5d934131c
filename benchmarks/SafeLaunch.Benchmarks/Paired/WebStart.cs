using System.Diagnostics;
using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>From nothing to the first answer of a web app, and back.</summary>
public static class WebStart
{
    private static readonly (string Name, Func<Task<RunningServer>> StartAsync)[] Ways =
    [
        ("called directly", ServerStarts.DirectAsync),
        ("launched", ServerStarts.LaunchedAsync),
        ("`Run` on a bare thread", ServerStarts.OnBareThreadAsync),
        ("`AsyncContextThread` and a default host", ServerStarts.OnContextThreadAsync),
        ("`WebApplicationFactory` with `UseKestrel`", ServerStarts.InFactoryAsync),
    ];

    public static Task<Table> MeasureAsync(Effort effort) => CompareAsync(effort, "of direct", Ways);

    /// <summary>What a launch adds to the thread that it needs.</summary>
    public static Task<Table> MeasureBesideThreadAsync(Effort effort) => CompareAsync(
        effort,
        "of a bare thread",
        ("`Run` on a bare thread", ServerStarts.OnBareThreadAsync),
        ("launched", ServerStarts.LaunchedAsync));

    /// <summary>The first way is the one to which the others are compared.</summary>
    public static async Task<Table> CompareAsync(Effort effort, string ratio, params (string Name, Func<Task<RunningServer>> StartAsync)[] ways)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var rounds = new Rounds<(string Name, Func<Task<RunningServer>> StartAsync), Sample>(ways);
        await rounds.RunAsync(warmUps: 3, effort.Rounds(brief: 15, full: 100), way => TakeAsync(way.StartAsync, client));

        var table = new Table("", "start to first 200", ratio, "stop", ratio, "allocated", ratio);
        foreach (var way in ways)
        {
            table.Add(
                way.Name,
                Format.Milliseconds(rounds.Median(way, sample => sample.Start)),
                Format.Ratio(rounds.MedianRatio(way, sample => sample.Start)),
                Format.Milliseconds(rounds.Median(way, sample => sample.Stop)),
                Format.Ratio(rounds.MedianRatio(way, sample => sample.Stop)),
                Format.Kilobytes(rounds.Median(way, sample => sample.Bytes)),
                Format.Ratio(rounds.MedianRatio(way, sample => sample.Bytes)));
        }

        return table;
    }

    private static async Task<Sample> TakeAsync(Func<Task<RunningServer>> startAsync, HttpClient client)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var server = await startAsync();
        await server.AskAsync(client);
        var start = clock.Elapsed;
        await server.StopAsync();
        return new(start.TotalMilliseconds, (clock.Elapsed - start).TotalMilliseconds, GC.GetTotalAllocatedBytes() - allocated);
    }

    private sealed record Sample(double Start, double Stop, double Bytes);
}
