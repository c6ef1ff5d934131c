using SafeLaunch.Analyzers.Rules;
using SafeLaunch.CodeFixes.Fixes;

namespace SafeLaunch.Analyzers.Tests.Fixes;

[Parallelizable(ParallelScope.All)]
public sealed class StopInsideLaunchFixTests
{
    [TestCase("this.handle = Launcher.For(() => { [|this.handle!.Stop()|]; }).Start();", "this.handle = Launcher.For(() => { this.handle!.RequestStop(); }).Start();", TestName = "A_Stop_becomes_a_RequestStop")]
    [TestCase("this.handle = Launcher.For(async () => { await Task.Yield(); await [|this.handle!.StopAsync()|]; }).Start();", "this.handle = Launcher.For(async () => { await Task.Yield(); this.handle!.RequestStop(); }).Start();", TestName = "An_awaited_StopAsync_becomes_a_RequestStop")]
    [TestCase("this.handle = Launcher.For(() => { this.handle?[|.Stop()|]; }).Start();", "this.handle = Launcher.For(() => { this.handle?.RequestStop(); }).Start();", TestName = "A_Stop_past_a_null_check_becomes_a_RequestStop")]
    [TestCase("using var started = launcher.Start(); await started.InvokeAsync(async () => await [|started.StopAsync()|]);", null, TestName = "An_async_lambda_without_a_block_is_left_alone")]
    [TestCase("using var started = launcher.Start(); await started.InvokeAsync(() => [|started.Stop()|]);", "using var started = launcher.Start(); await started.InvokeAsync(() => started.RequestStop());", TestName = "A_lambda_that_stops_becomes_one_that_asks")]
    [TestCase("this.handle = Launcher.For(() => { Console.WriteLine([|this.handle!.Stop()|]); }).Start();", null, TestName = "An_outcome_that_is_used_is_left_alone")]
    [TestCase("this.handle = Launcher.For(() => [|this.handle!.StopAsync()|]).Start();", null, TestName = "A_lambda_that_returns_the_task_of_StopAsync_is_left_alone")]
    [TestCase("using var started = launcher.Start(); await started.InvokeAsync(() => started?[|.Stop()|]);", "using var started = launcher.Start(); await started.InvokeAsync(() => started?.RequestStop());", TestName = "A_lambda_that_stops_past_a_null_check_becomes_one_that_asks")]
    public Task Check(string code, string? changed) => AnalyzedCode.IsChanged<StopInsideLaunchAnalyzer, StopInsideLaunchFix>(code, changed);
}
