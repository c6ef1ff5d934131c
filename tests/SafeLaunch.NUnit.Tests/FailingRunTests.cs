using System.Runtime.InteropServices;

namespace SafeLaunch.NUnit.Tests;

/// <summary>Whole test runs that fail or are cancelled, as the processes that they are.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FailingRunTests
{
    private const string Stopped = "the server has stopped";

    [Test]
    public async Task A_failing_start_fails_each_test_with_the_exception_of_the_app_and_its_last_log_lines()
    {
        using var run = FailingFixture.Run("FailingStart");

        Assert.That(await run.ExitAsync(), Is.Not.Zero);
        foreach (var test in new[] { "The_first_test", "The_second_test" })
        {
            var failure = run.Output[run.Output.IndexOf($"failed {test}", StringComparison.Ordinal)..];
            Assert.That(failure, Does.Contain("System.InvalidOperationException : Nothing to sell."));
            Assert.That(failure, Does.Contain("Last log lines").And.Contain("warn ShopProgram: The stock is low."));
        }
    }

    [Test]
    public async Task A_server_is_stopped_when_a_test_has_failed()
    {
        using var run = FailingFixture.Run("FailedTest");

        Assert.That(await run.ExitAsync(), Is.Not.Zero);
        Assert.That(run.Output, Does.Contain("failed A_test_that_fails").And.Contain(Stopped));
    }

    [Test]
    public async Task An_abandoned_server_fails_the_run_and_is_named_with_its_thread_and_the_reason()
    {
        using var run = FailingFixture.Run("AbandonedServer");

        Assert.That(await run.ExitAsync(), Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("failed: 0"), "no test failed");
        Assert.That(run.Output, Does.Match(@"(?m)^Launch 'stubborn' has ended, on thread \d+\. Abandoned: It was asked to stop\. It did not end within .* its thread 'stubborn' \(\d+\) was abandoned\."));
    }

    [Test]
    public async Task A_server_that_crashed_fails_the_tests_that_ask_for_it_and_the_run_with_the_reason()
    {
        using var run = FailingFixture.Run("CrashedServer");

        Assert.That(await run.ExitAsync(), Is.Not.Zero);
        Assert.That(run.Output, Does.Contain("failed: 1"));
        Assert.That(run.Output, Does.Match(@"failed A_test_after_that.*\n.*SafeLaunch\.LaunchException : Launch 'ShopProgram' has ended, on thread \d+\. Crashed: .*\(Out of stock\.\)"));
        Assert.That(run.Output, Does.Match(@"(?m)^Launch 'ShopProgram' has ended, on thread \d+\. Crashed: "));
    }

    [Test]
    public async Task A_crash_is_thrown_by_the_first_dispose_of_the_server_only()
    {
        using var run = FailingFixture.Run("CrashedServer");

        Assert.That(await run.ExitAsync(), Is.Not.Zero);
        Assert.That(run.Output, Does.Contain("the second dispose throws nothing"));
    }

    [Test]
    public async Task A_server_is_stopped_when_the_run_is_cancelled_and_its_tear_down_skipped()
    {
        using var run = FailingFixture.Run("CancelledRun");
        await run.ReadToAsync("the server runs");

        run.Signal(PosixSignal.SIGINT);
        await run.ExitAsync();

        Assert.That(run.Output, Does.Contain(Stopped));
    }
}
