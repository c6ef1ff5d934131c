using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Endurance.Tests;

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
    [Platform("Linux")]
    public async Task A_web_host_that_runs_is_counted_with_its_file_watcher_and_its_listening_socket()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var before = OpenFiles.Take()!;
        await using var app = builder.Build();
        await app.StartAsync().Within();

        var during = OpenFiles.Take()!;

        Assert.That(during.FileWatchers, Is.EqualTo(1));
        Assert.That(during.ListeningSockets, Is.EqualTo(before.ListeningSockets + 1));
    }

    [TestCaseSource(nameof(FailedStarts))]
    public Task Failed_starts_leave_nothing_behind(Func<Task> failAsync, int inShort) => RepeatAsync(failAsync, Form.Count(1_000, inShort));

    [Test]
    public Task Launches_that_build_a_host_and_never_run_it_leave_nothing_behind() => RepeatAsync(LaunchKind.UnusedHostAsync, Form.Count(1_000, inShort: 400));

    [Test]
    public async Task Restarts_of_a_supervised_web_server_leave_nothing_behind()
    {
        await using var server = new SupervisedKestrel();
        await server.StartAsync();

        await RepeatAsync(() => server.RestartAsync().Within(), Form.Count(1_000, inShort: 50));
    }

    [Test]
    public async Task Many_launches_at_once_leave_nothing_behind()
    {
        var count = Form.Count(1_000, inShort: 100);
        await StartAndStopAsync(count);
        var before = await Vitals.SettleAsync();

        var (during, clock) = await StartAndStopAsync(count);

        await ReportAsync($"{count} at once", before, clock, during);
    }

    private static IEnumerable<TestCaseData> FailedStarts()
    {
        yield return Case("of Run, once its server listens", FailedStart.InRunAsync, 400);
        yield return Case("of Start, once its server listens", FailedStart.InStartAsync, 400);
        yield return Case("of RunAsync, whose task is dropped", FailedStart.InDroppedRunAsync, 10);
        yield return Case("of a captured host, once its server listens", FailedStart.OfCapturedHostAsync, 400);
        yield return Case("with a host that is never run", FailedStart.WithUnusedHostAsync, 400);
        yield return Case("by StartTimeout", FailedStart.ByTimeoutAsync, 20);
        yield return Case("by a cancelled token", FailedStart.ByCancellationAsync, 400);
        yield return Case("by a stranger at the address of the probe", FailedStart.ByStrangerAsync, 1_000);

        static TestCaseData Case(string name, Func<Task> failAsync, int inShort) =>
            new TestCaseData(failAsync, inShort).SetArgDisplayNames(name);
    }

    private static async Task RepeatAsync(Func<Task> launchAsync, int count)
    {
        for (var i = 0; i < Math.Max(count * 3 / 10, 3); i++)
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
        var handles = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Launcher.For(LaunchKind.Empty).StartAsync())).Within();
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
