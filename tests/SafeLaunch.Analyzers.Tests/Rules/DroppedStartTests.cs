using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class DroppedStartTests
{
    [TestCase("[|launcher.StartAsync()|];", TestName = "A_start_that_nothing_waits_for_is_reported")]
    [TestCase("_ = [|launcher.StartAsync()|];", TestName = "A_discarded_start_is_reported")]
    [TestCase("Console.CancelKeyPress += (_, _) => [|launcher.StartAsync()|];", TestName = "A_start_in_an_event_handler_is_reported")]
    [TestCase("Console.CancelKeyPress += (_, _) => { [|launcher.StartAsync()|]; };", TestName = "A_start_in_the_block_of_an_event_handler_is_reported")]
    [TestCase("[|LaunchedServer.For(Shop.Run).StartAsync()|];", TestName = "A_start_of_a_test_server_is_reported")]
    [TestCase("[|host.Services.GetRequiredService<ILaunches>().StartAsync(\"shop\")|];", TestName = "A_start_of_a_launch_in_a_host_is_reported")]
    [TestCase("[|launcher.StartAsync(CancellationToken.None)|];", TestName = "A_start_with_a_token_is_reported")]
    [TestCase("private void OnLoad() { [|launcher.StartAsync()|]; }", TestName = "A_start_in_a_method_that_returns_nothing_is_reported")]
    [TestCase("private void OnLoad() => [|launcher.StartAsync()|];", TestName = "A_start_in_an_expression_body_is_reported")]
    [TestCase("[|Launcher.For(Shop.Run).StartAsync()|];", TestName = "A_start_of_a_new_launcher_is_reported")]
    [TestCase("await using var handle = await launcher.StartAsync();", TestName = "An_awaited_start_is_not_reported")]
    [TestCase("var start = launcher.StartAsync(); await start;", TestName = "A_start_that_is_kept_is_not_reported")]
    [TestCase("private Task<LaunchHandle> OnLoad() => launcher.StartAsync();", TestName = "A_returned_start_is_not_reported")]
    [TestCase("Func<Task> start = () => launcher.StartAsync(); await start();", TestName = "A_start_in_a_lambda_that_returns_it_is_not_reported")]
    [TestCase("await Task.WhenAll(launcher.StartAsync(), launcher.StartAsync());", TestName = "A_start_that_other_code_waits_for_is_not_reported")]
    [TestCase("_ = launcher.StartAsync().ContinueWith(start => Console.WriteLine(start.Status));", TestName = "A_start_with_a_continuation_is_not_reported")]
    [TestCase("Assert.Throws<ArgumentException>((TestDelegate)(() => launcher.StartAsync()));", TestName = "A_start_that_is_expected_to_throw_is_not_reported")]
    [TestCase("try { launcher.StartAsync(); Assert.Fail(); } catch (ArgumentException) { }", TestName = "A_start_before_a_failure_of_the_test_is_not_reported")]
    [TestCase("Assert.DoesNotThrow((TestDelegate)(() => { [|launcher.StartAsync()|]; }));", TestName = "A_start_that_is_expected_not_to_throw_is_reported")]
    [TestCase("_ = LaunchedServer.For(Shop.Run).StartAsync();", TestName = "A_discarded_start_of_a_test_server_is_not_reported")]
    [TestCase("_ = host.StartAsync();", TestName = "The_dropped_start_of_a_host_is_not_reported")]
    [TestCase("using var handle = launcher.Start();", TestName = "A_blocking_start_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<DroppedStartAnalyzer>(code);
}
