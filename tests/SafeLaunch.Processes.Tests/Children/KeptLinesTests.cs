using Microsoft.Extensions.Logging;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>The latest log lines of a child launch, as LaunchHandle.Report shows them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class KeptLinesTests
{
    private const string Warning = "Warning SafeLaunch.Processes.Tests: Asked for bread.";

    [Test]
    public async Task A_report_has_the_log_entries_of_a_child_with_category_and_level()
    {
        await using var server = await ChildServer.StartAsync(options => options.KeepLogLines = true);

        await server.GetAsync("/log/bread");

        await server.Handle.ReportsAsync(Warning);
    }

    [TestCase("print")]
    [TestCase("print-error")]
    public async Task A_report_has_the_lines_that_a_child_prints(string stream)
    {
        await using var server = await ChildServer.StartAsync(options => options.KeepLogLines = true);

        await server.GetAsync($"/{stream}/bread");

        await server.Handle.ReportsAsync("Information SafeLaunch.Output: bread");
    }

    [Test]
    public async Task A_report_has_the_entries_of_a_child_that_no_logger_of_this_process_wants()
    {
        using var log = new LogRecorder();
        using var errorsOnly = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(log.Provider));
        await using var handle = await Launcher.For(ChildCode.LogThroughLaunchHost, options =>
        {
            options.KeepLogLines = true;
            options.LoggerFactory = errorsOnly;
        }).InChildProcess().StartAsync().Within();

        await handle.ReportsAsync("Information Shop: Open.");
        Assert.That(log.All, Is.Empty);
    }

    [Test]
    public async Task A_report_has_each_log_entry_once_where_this_process_has_loggers()
    {
        using var log = new LogRecorder();
        await using var server = await ChildServer.StartAsync(options =>
        {
            options.KeepLogLines = true;
            options.LoggerFactory = log.Factory;
        });

        await server.GetAsync("/log/bread");
        await server.GetAsync("/print/last");

        await server.Handle.ReportsAsync("last");
        await server.Handle.ReportsAsync(Warning);
        Assert.That(server.Handle.Report().Split("Asked for bread"), Has.Length.EqualTo(2), server.Handle.Report);
    }

    [Test]
    public async Task A_report_is_not_held_up_by_a_logger_of_this_process_that_blocks()
    {
        using var blocked = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        using var blocking = new ActingLoggerProvider("SafeLaunch.Processes.Tests", () =>
        {
            blocked.Set();
            gate.Pass();
        });
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(blocking));
        await using var server = await ChildServer.StartAsync(options =>
        {
            options.KeepLogLines = true;
            options.LoggerFactory = factory;
        });
        await server.GetAsync("/log/milk");
        blocked.Pass();

        await server.GetAsync("/log/bread");

        await server.Handle.ReportsAsync(Warning);
        gate.Set();
    }

    [Test]
    public async Task A_report_of_a_start_that_failed_has_the_last_lines_of_the_child()
    {
        var launch = Launcher.For(ChildCode.PrintAndThrow, options => options.KeepLogLines = true).InChildProcess().Source.Begin(new());
        Assert.That(async () => await launch.Started.Within(), Throws.InstanceOf<ChildException>());
        var outcome = await launch.Completion.Within();

        var report = new LaunchHandle(launch).Report();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(report, Does.Contain("Information SafeLaunch.Output: No key fits.").And.Contain("InvalidOperationException: The shop is closed."));
    }

    [Test]
    public async Task A_report_of_a_supervised_child_has_the_last_lines_of_the_run_that_crashed()
    {
        await using var handle = await ChildServer.LauncherOf(options => options.KeepLogLines = true).Supervised(options => options.Delay = TimeSpan.FromMilliseconds(1)).StartAsync().Within();
        using var client = handle.CreateClient();

        Assert.That(async () => await client.GetStringAsync("/fail-fast").Within(), Throws.InstanceOf<HttpRequestException>());
        await handle.BecomesAsync(() => handle is { EarlierRuns.Count: 1, State: LaunchState.Running });

        await handle.ReportsAsync("The shop burns.");
    }

    [Test]
    public async Task A_child_sends_no_entry_where_neither_a_logger_nor_a_report_wants_it()
    {
        await using var server = await ChildServer.StartAsync();

        await server.GetAsync("/log/bread");

        Assert.That(server.Handle.Report(), Does.Contain("Log: not kept; set KeepLogLines of the options").And.Not.Contain("bread"));
    }
}
