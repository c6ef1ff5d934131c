using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>What LaunchHandle.Report says.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LaunchReportTests
{
    [Test]
    public async Task A_report_of_a_launch_that_runs_says_its_name_its_state_and_what_its_thread_does()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.Name = "shop").Start();

        await ThreadIsSaidAsync(handle, "shop (", ") waits in launched code, and serves posted work meanwhile");
        Assert.That(Lines(handle), Does.Contain("Launch: shop").And.Contain("Queue: 0").And.Contain("Addresses: none").And.Contain("App hosts: none"));
        Assert.That(Line(handle, "State"), Does.StartWith("State: Running, since 2"));
        Assert.That(Line(handle, "Versions"), Does.Contain("SafeLaunch ").And.Contain(System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription));
    }

    [Test]
    public async Task A_report_says_that_the_thread_is_blocked_in_launched_code()
    {
        await using var handle = Launcher.For(TestLaunch.UntilInterrupted, options => options.InterruptAfter = TimeSpan.Zero).Start();

        await ThreadIsSaidAsync(handle, "is in launched code, where it waits under another synchronization context or none, waits for a lock, or sleeps");
    }

    [Test]
    public async Task A_report_says_that_the_thread_rests()
    {
        await using var handle = Launcher.For(() => new Disposable(() => { })).Start();

        await ThreadIsSaidAsync(handle, "rests until work is posted");
    }

    [Test]
    public async Task A_report_shows_addresses_without_the_secrets_that_they_may_have()
    {
        await using var handle = Launcher.For(context =>
        {
            context.SignalReady(new Uri("http://alice:secret@127.0.0.1:5000/shop?key=secret"));
            context.Stopping.WaitHandle.WaitOne();
        }).Start();

        Assert.That(Line(handle, "Addresses"), Is.EqualTo("Addresses: http://127.0.0.1:5000/shop"));
    }

    [Test]
    public async Task A_report_names_the_app_hosts()
    {
        await using var handle = Launcher.For(() => App("Hello.").Run()).Start();

        Assert.That(Line(handle, "App hosts"), Is.EqualTo("App hosts: Shop (Staging)"));
    }

    [Test]
    public async Task A_report_has_the_latest_log_lines_where_the_launch_keeps_them()
    {
        await using var handle = Launcher.For(() => App("Hello.").Run(), options => options.KeepLogLines = true).Start();

        Assert.That(handle.Report(), Does.Contain("Information Shop: Hello."));
    }

    private static IEnumerable<TestCaseData> Loggers()
    {
        yield return Case("no logger", _ => { });
        yield return Case("a launch host", options => options.ConfigureLaunchHost(_ => { }));
        yield return Case("a logger that takes nothing", options => options.LoggerFactory = NullLoggerFactory.Instance);

        static TestCaseData Case(string name, Action<LaunchOptions> configure) => new TestCaseData(configure).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Loggers))]
    public async Task A_report_has_the_lines_of_the_launch_itself_whichever_logger_it_has(Action<LaunchOptions> configure)
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options =>
        {
            options.KeepLogLines = true;
            configure(options);
        }).Start();
        await handle.StopAsync().Within();

        Assert.That(handle.Report(), Does.Contain("SafeLaunch.Launcher: Launch 'launch' is ready after").And.Contain("SafeLaunch.Launcher: Launch 'launch' has ended. Stopped"));
    }

    [Test]
    public async Task A_report_names_the_option_by_which_a_launch_keeps_log_lines()
    {
        await using var handle = Launcher.For(() => App("Hello.").Run()).Start();

        Assert.That(Line(handle, "Log"), Is.EqualTo("Log: not kept; set KeepLogLines of the options"));
        Assert.That(handle.Report(), Does.Not.Contain("Hello."));
    }

    [Test]
    public async Task A_report_of_a_launch_that_has_crashed_has_the_outcome_and_the_whole_exception()
    {
        await using var handle = Launcher.For(context =>
        {
            context.SignalReady();
            throw new InvalidOperationException("No bread today.");
        }).Start();
        await handle.EndAsync();

        Assert.That(Line(handle, "Outcome"), Is.EqualTo("Outcome: Crashed: Its delegate threw."));
        Assert.That(Line(handle, "Exception"), Does.Contain("InvalidOperationException: No bread today."));
        Assert.That(Line(handle, "Thread"), Is.EqualTo("Thread: none"));
        Assert.That(handle.Report(), Does.Contain(nameof(this.A_report_of_a_launch_that_has_crashed_has_the_outcome_and_the_whole_exception)), "the stack");
    }

    [Test]
    public void A_report_has_each_fact_of_a_launch_in_its_line()
    {
        var tail = LogTail.Opened(tail: null);
        tail.Add(LogLevel.Warning, "Shop", "No bread today.");
        var time = tail.After(0)[0].Time.ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);
        using var app = App("Hello.");
        var disposed = TestHosts.With();
        disposed.Dispose();
        var launch = new StubLaunch
        {
            Addresses = [new("http://127.0.0.1:5000/shop"), new("tcp://localhost:6000")],
            Hosts = [app, disposed],
            QueueLength = 1234,
            ThreadActivity = "shop (7) rests until work is posted",
            EarlierRuns = [new(LaunchOutcomeKind.Returned, "Its delegate returned.", exception: null, "shop", 5, TimeSpan.Zero), new(LaunchOutcomeKind.Stopped, "It was asked to stop.", exception: null, "shop", 6, TimeSpan.Zero)],
            Completion = Task.FromResult<LaunchOutcome>(new(LaunchOutcomeKind.Returned, "Its delegate returned.", exception: null, "shop", 7, TimeSpan.Zero)),
            LogTail = tail,
        };

        Assert.That(Lines(LaunchReport.Of(launch)).Where(line => !line.StartsWith("Versions: SafeLaunch ", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "Launch: shop",
            "State: Running, since 2026-05-04 03:02:01.007 +02:00",
            "Thread: shop (7) rests until work is posted",
            "Queue: 1234",
            "Addresses: http://127.0.0.1:5000/shop, tcp://localhost:6000/",
            $"App hosts: Shop (Staging), {disposed.GetType().Name} (ObjectDisposedException)",
            "Earlier run: Returned: Its delegate returned.",
            "Earlier run: Stopped: It was asked to stop.",
            "Outcome: Returned: Its delegate returned.",
            "Exception: none",
            "Log:",
            $"  {time} Warning Shop: No bread today.",
            "",
        }));
    }

    [Test]
    public void A_report_of_a_launch_of_which_little_is_known_says_so()
    {
        var lines = Lines(LaunchReport.Of(new StubLaunch { LogTail = new() }));

        Assert.That(lines.Where(line => !line.StartsWith("Versions: ", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "Launch: shop",
            "State: Running, since 2026-05-04 03:02:01.007 +02:00",
            "Thread: none",
            "Queue: 0",
            "Addresses: none",
            "App hosts: none",
            "Log: not kept; set KeepLogLines of the options",
            "",
        }));
    }

    private static IHost App(string line)
    {
        var builder = Host.CreateApplicationBuilder(["--applicationName=Shop", "--environment=Staging", "--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        var host = builder.Build();
        TestHosts.LifetimeOf(host).ApplicationStarted.Register(() => host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("{Line}", line));
        return host;
    }

    private static Task ThreadIsSaidAsync(LaunchHandle handle, params string[] parts) =>
        Task.Run(() => Assert.That(
            SpinWait.SpinUntil(() => parts.All(part => Line(handle, "Thread").Contains(part, StringComparison.Ordinal)), Gate.Patience),
            Is.True,
            () => Line(handle, "Thread")));

    private static string[] Lines(LaunchHandle handle) => Lines(handle.Report());

    private static string[] Lines(string report) => report.Split([Environment.NewLine], StringSplitOptions.None);

    private static string Line(LaunchHandle handle, string key) => Lines(handle).Single(line => line.StartsWith(key + ":", StringComparison.Ordinal));
}
