using System.Diagnostics;
using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>Launches that are started, parked and stopped at once: what each of them costs by their number.</summary>
public static class ManyLaunches
{
    /// <summary>What fewer of them take is lost in what the rest of the process takes and gives back meanwhile.</summary>
    private const int FewestForMemory = 100;

    private static readonly int[] Numbers = [1, 10, 100, 1000];

    public static async Task<(Table Table, IReadOnlyList<Cost> Costs)> MeasureAsync(Effort effort)
    {
        var rounds = new Rounds<int, Sample>(Numbers);
        await rounds.RunAsync(warmUps: 1, effort.Rounds(brief: 3, full: 15), TakeAsync);

        var table = new Table("launches", "start, all", "start, each", "memory, each", "stop, all");
        foreach (var number in Numbers)
        {
            table.Add(
                Format.Number(number),
                Format.Milliseconds(rounds.Median(number, sample => sample.Start)),
                Format.Microseconds(rounds.Median(number, sample => sample.Start) * 1000 / number),
                number < FewestForMemory ? "–" : Format.Kilobytes(rounds.Median(number, sample => sample.Bytes) / number),
                Format.Milliseconds(rounds.Median(number, sample => sample.Stop)));
        }

        return (table, [.. Numbers.Select(number => new Cost(
            number,
            rounds.Median(number, sample => sample.Start),
            rounds.Median(number, sample => sample.Stop)))]);
    }

    private static async Task<Sample> TakeAsync(int number)
    {
        var launcher = Launcher.For(launch =>
        {
            launch.SignalReady();
            launch.Stopping.WaitHandle.WaitOne();
        });

        var before = Memory();
        var clock = Stopwatch.StartNew();
        var handles = await Task.WhenAll(Enumerable.Range(0, number).Select(_ => launcher.StartAsync()));
        var start = clock.Elapsed;
        var bytes = Memory() - before;
        clock.Restart();
        await Task.WhenAll(handles.Select(handle => handle.StopAsync()));
        return new(start.TotalMilliseconds, bytes, clock.Elapsed.TotalMilliseconds);
    }

    /// <summary>All that the process holds, the stacks of its threads included.</summary>
    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed record Sample(double Start, double Bytes, double Stop);
}
