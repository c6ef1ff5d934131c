using System.Diagnostics;
using System.Reflection;

namespace SafeLaunch.Endurance.Tests;

/// <summary>What this process holds of the machine.</summary>
internal sealed record Vitals(int Threads, int Handles, long Timers, int Listeners, int FileWatchers, int ListeningSockets, long Heap, long WorkingSet)
{
    private const BindingFlags Hidden = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic;
    private const double Megabyte = 1 << 20;

    // The pool, the sockets and the garbage collector vary by themselves, by far less than one for each launch.
    private const int ThreadSlack = 16;
    private const int HandleSlack = 32;
    private const int TimerSlack = 8;
    private const long HeapSlack = 3 << 20;

    // The short form measures while the runtime still compiles.
    private static readonly long WorkingSetSlack = (Form.IsLong ? 48 : 96) << 20;

    /// <summary>Taken after garbage has been collected and lingering parts have gone, or once patience is over.</summary>
    public static async Task<Vitals> SettleAsync(Vitals? before = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var vitals = Take();
            if (before is null || vitals.HasNotGrownSince(before) || clock.Elapsed > Gate.Patience)
            {
                return vitals;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    public bool HasNotGrownSince(Vitals before) =>
        this.Threads <= before.Threads + ThreadSlack
        && this.Handles <= before.Handles + HandleSlack
        && this.Timers <= before.Timers + TimerSlack
        && this.Listeners <= before.Listeners
        && this.FileWatchers <= before.FileWatchers
        && this.ListeningSockets <= before.ListeningSockets
        && this.Heap <= before.Heap + HeapSlack
        && this.WorkingSet <= before.WorkingSet + WorkingSetSlack;

    public override string ToString() =>
        $"{this.Threads} threads, {this.Handles} handles, {this.Timers} timers, {this.Listeners} listeners, {this.FileWatchers} file watchers, {this.ListeningSockets} listening sockets, heap {this.Heap / Megabyte:F1} MiB, working set {this.WorkingSet / Megabyte:F0} MiB";

    private static Vitals Take()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        using var process = Process.GetCurrentProcess();
        var files = OpenFiles.Take();
        return new(
            process.Threads.Count,
            files?.Count ?? process.HandleCount,
            Timer.ActiveCount,
            CountListeners(),
            files?.FileWatchers ?? 0,
            files?.ListeningSockets ?? 0,
            heap.HeapSizeBytes - heap.FragmentedBytes,
            process.WorkingSet64);
    }

    /// <summary>Of the events of hosts and others: only the list that they are in says how many they are.</summary>
    private static int CountListeners()
    {
        var all = DiagnosticListener.AllListeners;
        var count = 0;
        for (var one = Field(all, "_subscriptions"); one is not null; one = Field(one, "Next"))
        {
            count++;
        }

        return count;

        static object? Field(object of, string name) =>
            (of.GetType().GetField(name, Hidden | BindingFlags.Public)
                ?? throw new InvalidOperationException($"{of.GetType()} has no {name} any more.")).GetValue(of);
    }
}
