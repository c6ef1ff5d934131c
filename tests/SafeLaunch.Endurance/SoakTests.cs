using System.Diagnostics;

namespace SafeLaunch.Endurance;

/// <summary>Launches of all kinds side by side, for as long as is asked for.</summary>
public sealed class SoakTests
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Launches_of_all_kinds_side_by_side_leave_nothing_behind()
    {
        (string Name, Func<Task> LaunchAsync)[] kinds =
            [("empty", LaunchKind.EmptyAsync), ("web server", LaunchKind.KestrelAsync), ("Blazor", LaunchKind.BlazorAsync), ("failing", LaunchKind.FailingAsync)];
        var counts = new int[kinds.Length];
        await Task.WhenAll(kinds.Select(kind => Task.Run(kind.LaunchAsync)));
        var before = await Vitals.SettleAsync();
        var clock = Stopwatch.StartNew();

        var running = Task.WhenAll(kinds.Select((kind, i) => Task.Run(async () =>
        {
            while (clock.Elapsed < Form.SoakTime)
            {
                await kind.LaunchAsync();
                Interlocked.Increment(ref counts[i]);
            }
        })));
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

        void Report() =>
            TestContext.Progress.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {string.Join(", ", kinds.Select((kind, i) => $"{counts[i]} {kind.Name}"))}");
    }
}
