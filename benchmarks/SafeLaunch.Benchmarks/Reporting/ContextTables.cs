using BenchmarkDotNet.Running;
using SafeLaunch.Benchmarks.Contexts;

namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>The contexts side by side.</summary>
public static class ContextTables
{
    private static readonly (ContextKind Kind, string Name)[] Kinds =
    [
        (ContextKind.Channel, "a loop over a channel, the limit"),
        (ContextKind.Event, "a loop over a queue, resting in a wait for handles"),
        (ContextKind.Launch, "a launch"),
        (ContextKind.ParkedLaunch, "a launch parked in a blocking wait"),
        (ContextKind.AsyncContextThread, "`AsyncContextThread`"),
        (ContextKind.SingleThreadedContext, "`SingleThreadedSynchronizationContext`"),
    ];

    public static Table Throughput(Figures figures)
    {
        var table = new Table("million posts/s (of the limit)", "one producer", "two producers", "one, thread busy", "two, thread busy", "allocated by a post");
        foreach (var (kind, name) in Kinds)
        {
            table.Add(
                name,
                Cell(kind, 1, isBusy: false),
                Cell(kind, 2, isBusy: false),
                Cell(kind, 1, isBusy: true),
                Cell(kind, 2, isBusy: true),
                Format.Bytes(figures.Allocated(Of(kind, 1, isBusy: false))));
        }

        return table;

        string Cell(ContextKind kind, int producers, bool isBusy)
        {
            var time = figures.Time(Of(kind, producers, isBusy));
            var limit = figures.Time(Of(ContextKind.Channel, producers, isBusy));
            return $"{Format.Ratio(1000 / time)} ({Format.Ratio(limit / time)})";
        }

        static Func<BenchmarkCase, bool> Of(ContextKind kind, int producers, bool isBusy) => of =>
            Is(of, kind, isBusy) && of.Parameters[nameof(PostThroughput.Producers)].Equals(producers);
    }

    public static Table Latency(Figures figures)
    {
        var table = new Table("from the post until it runs", "thread at rest", "thread busy");
        foreach (var (kind, name) in Kinds)
        {
            table.Add(name, Cell(isBusy: false), Cell(isBusy: true));

            string Cell(bool isBusy) => Format.Nanoseconds(figures.Time(of => Is(of, kind, isBusy)));
        }

        return table;
    }

    private static bool Is(BenchmarkCase of, ContextKind kind, bool isBusy) =>
        of.Parameters[nameof(PostLatency.Kind)].Equals(kind) && of.Parameters[nameof(PostLatency.IsBusy)].Equals(isBusy);
}
