using System.Runtime.InteropServices;

namespace SafeLaunch.Testing.Tests.Frameworks;

/// <summary>The same tests under each framework, each a whole run by the runner of that framework.</summary>
[TestFixtureSource(typeof(TestProgram), nameof(TestProgram.All))]
[Parallelizable(ParallelScope.All)]
public sealed class FrameworkTests(TestProgram program)
{
    private const string Stopped = "the server has stopped";

    [TestCase("A_test_that_asks_for_apples", "apples", "pears")]
    [TestCase("A_test_that_asks_for_pears", "pears", "apples")]
    public async Task A_failed_test_shows_its_own_log_lines_and_its_own_requests(string test, string asked, string askedByTheOther)
    {
        using var run = program.Run("LoggingTests");

        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero);
        var failure = run.FailureOf(test);
        Assert.That(failure, Does.Contain($"No {asked} left."));
        Assert.That(failure, Does.Contain($"ShopProgram] info ShopProgram: Asked for {asked}."));
        Assert.That(failure, Does.Match($@"Requests to 'ShopProgram', the last 100 at most:\s+\[.*\] GET /log/{asked}: 200, \d+ ms"));
        Assert.That(failure, Does.Not.Contain($"Asked for {askedByTheOther}.").And.Not.Contain($"/log/{askedByTheOther}"));
    }

    [Test]
    public async Task A_server_that_no_test_stops_is_stopped_with_the_process()
    {
        using var run = program.Run("PassingTests");

        Assert.That(await run.Process.ExitAsync(), Is.Zero, run.Process.Output);
        Assert.That(run.Report, Is.EqualTo(new[] { Stopped }));
    }

    [TestCase("The_first_test")]
    [TestCase("The_second_test")]
    public async Task A_failing_start_fails_each_test_with_the_exception_of_the_app_and_its_last_log_lines(string test)
    {
        using var run = program.Run("FailingStartTests");

        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero);
        Assert.That(run.FailureOf(test), Does.Match(@"InvalidOperationException ?: Nothing to sell\."));
        Assert.That(run.FailureOf(test), Does.Match(@"(?s)Last log lines.*warn ShopProgram: The stock is low\."));
    }

    [Test]
    public async Task A_server_that_crashed_fails_the_tests_that_ask_for_it_with_the_reason_and_its_last_log_lines()
    {
        using var run = program.Run("CrashedServerTests");

        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero);
        var failure = run.FailureOf("A_test_that_asks_for_a_server_that_has_crashed");
        Assert.That(failure, Does.Match(@"LaunchException ?: Launch 'ShopProgram' has ended, on thread \d+\. Crashed: .*\(Out of stock\.\)"));
        Assert.That(failure, Does.Match("(?s)Last log lines.*Now listening on"));
    }

    [Test]
    public async Task A_server_per_test_that_crashed_fails_its_test_with_the_reason()
    {
        using var run = program.Run("CrashedServerPerTestTests");

        await CrashedServers.AssertAsync(run);
    }

    [Test]
    public async Task An_abandoned_server_fails_the_run_and_is_named_with_its_thread_and_the_reason()
    {
        using var run = program.Run("AbandonedServerTests");

        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero);
        Assert.That(run.Process.Output, Does.Match(@"Launch 'stubborn' has ended, on thread \d+\. Abandoned: It was asked to stop\. It did not end within .* its thread 'stubborn' \(\d+\) was abandoned\."));
    }

    [Test]
    public async Task A_server_is_stopped_when_the_run_is_cancelled()
    {
        Assume.That(program.IsRunByVSTest, Is.False, "VSTest kills the process of the tests.");
        using var run = program.Run("CancelledRunTests");
        await run.ReadReportToAsync("the server runs");

        run.Process.Signal(PosixSignal.SIGINT);
        await run.Process.ExitAsync();

        Assert.That(run.Report, Does.Contain(Stopped));
    }

    [Test]
    public async Task A_file_that_is_attached_at_the_end_of_a_test_is_in_the_result_of_the_test()
    {
        using var run = program.Run("AttachingTests");

        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero);
        Assert.That(await File.ReadAllTextAsync(run.AttachmentOf("A_test_that_leaves_a_file_behind", "stock.txt")), Is.EqualTo("no apples, seven pears"));
    }

    [TestCase("A_test_that_asks_for_apples")]
    [TestCase("A_test_that_asks_for_pears")]
    public async Task A_server_per_test_is_stopped_with_its_test(string test)
    {
        using var run = program.Run("ServerPerTestTests");

        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero);
        Assert.That(run.FailureOf(test), Does.Match(@"(?s)Launch 'ShopProgram' is ready.*Launch 'ShopProgram' has ended\. Stopped"));
        Assert.That(run.Report.Where(line => line.StartsWith("http", StringComparison.Ordinal)).Distinct().Count(), Is.EqualTo(2), "both tests had one server");
        Assert.That(run.Report.Count(line => line is Stopped), Is.EqualTo(2));
    }
}
