using System.Diagnostics;

namespace SafeLaunch.Endurance;

/// <summary>However often it is done, the process holds as much of the machine as after the first few times. docs/reliability.md has the results of the long form.</summary>
public sealed class EnduranceTests
{
    [Test]
    public Task Empty_launches_leave_nothing_behind() => RepeatAsync(LaunchKind.EmptyAsync, Form.Count(10_000, inShort: 1_000));

    [Test]
    public Task Launches_of_a_web_server_leave_nothing_behind() => RepeatAsync(LaunchKind.KestrelAsync, Form.Count(1_000, inShort: 50));

    [Test]
    public Task Launches_of_a_Blazor_app_with_an_open_connection_leave_nothing_behind() => RepeatAsync(LaunchKind.BlazorAsync, Form.Count(100, inShort: 5));

    [Test]
    public async Task Many_launches_at_once_leave_nothing_behind()
    {
        var count = Form.Count(1_000, inShort: 100);
        await StartAndStopAsync(count);
        var before = await Vitals.SettleAsync();

        var (during, clock) = await StartAndStopAsync(count);

        await ReportAsync($"{count} at once", before, clock, during);
    }

    private static async Task RepeatAsync(Func<Task> launchAsync, int count)
    {
        for (var i = 0; i < Math.Max(count / 10, 3); i++)
        {
            await launchAsync();
        }

        var before = await Vitals.SettleAsync();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            await launchAsync();
        }

        await ReportAsync($"{count} one after another", before, clock.Elapsed);
    }

    private static async Task<(Vitals During, TimeSpan Clock)> StartAndStopAsync(int count)
    {
        var clock = Stopwatch.StartNew();
        var handles = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Launcher.StartAsync(LaunchKind.Empty))).Within();
        var startedAfter = clock.Elapsed;
        var during = await Vitals.SettleAsync();

        clock.Restart();
        var outcomes = await Task.WhenAll(handles.Select(handle => handle.StopAsync())).Within();

        Assert.That(outcomes.Select(outcome => outcome.ToString()), Is.All.EqualTo("Stopped: It was asked to stop."));
        return (during, startedAfter + clock.Elapsed);
    }

    private static async Task ReportAsync(string what, Vitals before, TimeSpan clock, Vitals? during = null)
    {
        var after = await Vitals.SettleAsync(before);
        TestContext.Progress.WriteLine($"{what}, {clock.TotalSeconds:F1} s");
        TestContext.Progress.WriteLine($"  before: {before}");
        if (during is not null)
        {
            TestContext.Progress.WriteLine($"  during: {during}");
        }

        TestContext.Progress.WriteLine($"  after:  {after}");
        Assert.That(after.HasNotGrownSince(before), Is.True, $"before: {before}; after: {after}");
    }
}
