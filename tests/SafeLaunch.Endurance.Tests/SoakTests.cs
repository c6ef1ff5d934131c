using System.Diagnostics;

namespace SafeLaunch.Endurance.Tests;

/// <summary>Launches of all kinds side by side, for as long as is asked for.</summary>
public sealed class SoakTests
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Launches_of_all_kinds_side_by_side_leave_nothing_behind()
    {
        (string Name, Func<Task> LaunchAsync)[] kinds =
        [
            ("empty", LaunchKind.EmptyAsync),
            ("web server", LaunchKind.KestrelAsync),
            ("Blazor", LaunchKind.BlazorAsync),
            ("failing", LaunchKind.FailingAsync),
            ("failing once its server listens", FailedStart.InRunAsync),
        ];
        var counts = new int[kinds.Length];
        var clock = Stopwatch.StartNew();
        await RunAllAsync(() => counts.Min() < Form.SoakWarmUps);
        Report();
        var before = await Vitals.SettleAsync();

        clock.Restart();
        var running = RunAllAsync(() => clock.Elapsed < Form.SoakTime);
        while (await Task.WhenAny(running, Task.Delay(ReportInterval)) != running)
        {
            Report();
        }

        await running;
        Report();
        var after = await Vitals.SettleAsync(before);
        TestContext.Progress.WriteLine($"  before: {before}");
        TestContext.Progress.WriteLine($"  after:  {after}");
        Assert.That(after.HasNotGrownSince(before), Is.True, $"before: {before}; after: {after}");

        // All kinds go on until the slowest is done.
        Task RunAllAsync(Func<bool> goesOn) => Task.WhenAll(kinds.Select((kind, i) => Task.Run(async () =>
        {
            while (goesOn())
            {
                await kind.LaunchAsync();
                Interlocked.Increment(ref counts[i]);
            }
        })));

        void Report() =>
            TestContext.Progress.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {string.Join(", ", kinds.Select((kind, i) => $"{counts[i]} {kind.Name}"))}");
    }
}
