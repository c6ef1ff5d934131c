using System.Diagnostics;
using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>Requests per second and their latencies while servers of the same app run, asked in turns by clients in this process.</summary>
public static class Serving
{
    private const int Connections = 4;

    public static Task<Table> MeasureAsync(Effort effort) => CompareAsync(
        effort,
        "of direct",
        ("called directly", ServerStarts.DirectAsync),
        ("launched", ServerStarts.LaunchedAsync));

    /// <summary>The first way is the one to which the others are compared.</summary>
    public static async Task<Table> CompareAsync(Effort effort, string ratio, params (string Name, Func<Task<RunningServer>> StartAsync)[] ways)
    {
        var servers = new Dictionary<string, RunningServer>(StringComparer.Ordinal);
        foreach (var way in ways)
        {
            servers[way.Name] = await way.StartAsync();
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Connections });
        var rounds = new Rounds<string, Sample>([.. servers.Keys]);
        await rounds.RunAsync(warmUps: 3, effort.Rounds(brief: 20, full: 100), name => TakeAsync(client, servers[name]));
        foreach (var server in servers.Values)
        {
            await server.StopAsync();
        }

        var table = new Table("", "requests/s", ratio, "median latency", ratio, "99th percentile", ratio);
        foreach (var name in rounds.Contenders)
        {
            table.Add(
                name,
                Format.Number(rounds.Median(name, sample => sample.PerSecond)),
                Format.FineRatio(rounds.MedianRatio(name, sample => sample.PerSecond)),
                Format.Microseconds(rounds.Median(name, sample => sample.Median)),
                Format.Ratio(rounds.MedianRatio(name, sample => sample.Median)),
                Format.Microseconds(rounds.Median(name, sample => sample.Percentile99)),
                Format.Ratio(rounds.MedianRatio(name, sample => sample.Percentile99)));
        }

        return table;
    }

    private static async Task<Sample> TakeAsync(HttpClient client, RunningServer server)
    {
        const int requestsPerConnection = 1_000;
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => AskAsync(client, server, requestsPerConnection)));
        var elapsed = clock.Elapsed;
        double[] sorted = [.. latencies.SelectMany(each => each).Order()];
        return new(sorted.Length / elapsed.TotalSeconds, Statistics.Percentile(sorted, 50), Statistics.Percentile(sorted, 99));
    }

    private static async Task<double[]> AskAsync(HttpClient client, RunningServer server, int requests)
    {
        var latencies = new double[requests];
        for (var i = 0; i < requests; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await server.AskAsync(client);
            latencies[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return latencies;
    }

    private sealed record Sample(double PerSecond, double Median, double Percentile99);
}
