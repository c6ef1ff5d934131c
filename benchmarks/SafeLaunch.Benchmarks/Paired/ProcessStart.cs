using System.Diagnostics;
using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>From nothing to the first answer of a web program in another process: started by hand, and as a child launch.</summary>
public static class ProcessStart
{
    private const string ListenLine = "Now listening on: ";

    private static readonly (string Name, Func<Task<RunningServer>> StartAsync)[] Ways =
    [
        ("`Process.Start`, its address read from its output", ByHandAsync),
        ("a child launch", InChildProcessAsync),
    ];

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory.Replace("SafeLaunch.Benchmarks", "PlainProgram", StringComparison.Ordinal), "PlainProgram.dll");

    public static async Task<Table> MeasureAsync(Effort effort)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var rounds = new Rounds<(string Name, Func<Task<RunningServer>> StartAsync), double>(Ways);

        // A child launch passes on what the program prints.
        var console = Console.Out;
        Console.SetOut(TextWriter.Null);
        await rounds.RunAsync(warmUps: 3, effort.Rounds(brief: 20, full: 60), way => TakeAsync(way.StartAsync, client));
        Console.SetOut(console);

        var table = new Table("", "start to first 200", "of `Process.Start`");
        foreach (var way in Ways)
        {
            table.Add(way.Name, Format.Milliseconds(rounds.Median(way, time => time)), Format.Ratio(rounds.MedianRatio(way, time => time)));
        }

        return table;
    }

    private static async Task<RunningServer> ByHandAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "--urls", "http://127.0.0.1:0"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The program has ended.");
        }
        while (!line.Contains(ListenLine, StringComparison.Ordinal));

        return new(new(line[(line.IndexOf(ListenLine, StringComparison.Ordinal) + ListenLine.Length)..]), async () =>
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        });
    }

    private static async Task<RunningServer> InChildProcessAsync()
    {
        var handle = await ChildProcess.ForProgram(Program, options => options.UseLoopback()).StartAsync();
        return new(handle.Address, () => handle.StopAsync());
    }

    private static async Task<double> TakeAsync(Func<Task<RunningServer>> startAsync, HttpClient client)
    {
        var clock = Stopwatch.StartNew();
        var server = await startAsync();
        using (var answer = await client.GetAsync(server.Address))
        {
            answer.EnsureSuccessStatusCode();
        }

        var time = clock.Elapsed.TotalMilliseconds;
        await server.StopAsync();
        return time;
    }
}
