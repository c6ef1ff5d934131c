using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>The first start of a web app in a process, which compiles all of its code. So each turn is a process.</summary>
public static class FirstStart
{
    /// <summary>The argument of the process of a turn; the way comes behind it.</summary>
    public const string Turn = "--first-turn";

    private static readonly Dictionary<string, (string Name, Func<Task<RunningServer>> StartAsync)> Ways = new(StringComparer.Ordinal)
    {
        ["thread"] = ("`Run` on a bare thread", ServerStarts.OnBareThreadAsync),
        ["direct"] = ("called directly", ServerStarts.DirectAsync),
        ["launched"] = ("launched", ServerStarts.LaunchedAsync),
    };

    public static async Task<Table> MeasureAsync(Effort effort)
    {
        var rounds = new Rounds<string, Sample>([.. Ways.Keys]);
        await rounds.RunAsync(warmUps: 1, effort.Rounds(brief: 10, full: 40), RunTurnAsync);

        var table = new Table("", "first start to first 200", "of a bare thread", "methods compiled");
        foreach (var way in rounds.Contenders)
        {
            table.Add(
                Ways[way].Name,
                Format.Milliseconds(rounds.Median(way, sample => sample.Milliseconds)),
                Format.Ratio(rounds.MedianRatio(way, sample => sample.Milliseconds)),
                rounds.Median(way, sample => sample.Methods).ToString("N0", CultureInfo.InvariantCulture));
        }

        return table;
    }

    /// <summary>One turn, in the process that was started for it. Prints its figures.</summary>
    public static async Task TakeTurnAsync(string way)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var clock = Stopwatch.StartNew();
        var server = await Ways[way].StartAsync();
        await server.AskAsync(client);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMilliseconds} {JitInfo.GetCompiledMethodCount()}"));
        await server.StopAsync();
    }

    private static async Task<Sample> RunTurnAsync(string way)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Turn, way]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var figures = output.Split(' ');
        return new(double.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    }

    private sealed record Sample(double Milliseconds, double Methods);
}
