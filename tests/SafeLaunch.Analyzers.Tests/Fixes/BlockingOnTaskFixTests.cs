using SafeLaunch.Analyzers.Rules;
using SafeLaunch.CodeFixes.Fixes;

namespace SafeLaunch.Analyzers.Tests.Fixes;

[Parallelizable(ParallelScope.All)]
public sealed class BlockingOnTaskFixTests
{
    [TestCase("using var started = [|launcher.StartAsync().Result|];", "using var started = await launcher.StartAsync();", TestName = "A_Result_is_awaited")]
    [TestCase("using var started = launcher.Start();\n[|started.StopAsync().Wait()|];", "using var started = launcher.Start();\nawait started.StopAsync();", TestName = "A_Wait_is_awaited")]
    [TestCase("using var started = launcher.Start();\nConsole.WriteLine([|started.StopAsync().Result|].Kind);", "using var started = launcher.Start();\nConsole.WriteLine((await started.StopAsync()).Kind);", TestName = "A_member_of_a_Result_is_awaited")]
    [TestCase("private LaunchHandle Go() => [|this.launcher.StartAsync().Result|];", "private LaunchHandle Go() => this.launcher.Start();", TestName = "A_Result_in_a_synchronous_method_becomes_a_Start")]
    [TestCase("private void Go() => [|this.handle!.StopAsync().GetAwaiter().GetResult()|];", "private void Go() => this.handle!.Stop();", TestName = "GetResult_in_a_synchronous_method_becomes_a_Stop")]
    [TestCase("private LaunchHandle Go(CancellationToken token) => [|this.launcher.StartAsync(token).Result|];", null, TestName = "A_start_with_a_token_in_a_synchronous_method_is_left_alone")]
    [TestCase("using var started = launcher.Start();\nstarted?[|.StopAsync().Wait()|];", null, TestName = "A_Wait_past_a_null_check_is_left_alone")]
    [TestCase("Console.WriteLine([|launcher.StartAsync().Result|]?.Address);", "Console.WriteLine((await launcher.StartAsync())?.Address);", TestName = "A_Result_before_a_null_check_is_awaited")]
    [TestCase("Console.WriteLine([|launcher.StartAsync().Result|]!.Address);", "Console.WriteLine((await launcher.StartAsync())!.Address);", TestName = "A_Result_that_is_said_not_to_be_null_is_awaited")]
    [TestCase("lock (this)\n{\n    using var started = [|launcher.StartAsync().Result|];\n}", "lock (this)\n{\n    using var started = launcher.Start();\n}", TestName = "A_Result_in_a_lock_becomes_a_Start")]
    [TestCase("try\n{\n}\ncatch (Exception) when ([|launcher.StartAsync().Result|].Name is \"shop\")\n{\n}", "try\n{\n}\ncatch (Exception) when (launcher.Start().Name is \"shop\")\n{\n}", TestName = "A_Result_in_a_filter_of_exceptions_becomes_a_Start")]
    [TestCase("Console.WriteLine((from number in new[] { port } select [|launcher.StartAsync().Result|].Name).First());", "Console.WriteLine((from number in new[] { port } select launcher.Start().Name).First());", TestName = "A_Result_in_a_query_becomes_a_Start")]
    [TestCase("using var started = [|launcher.StartAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];", "using var started = await launcher.StartAsync().ConfigureAwait(false);", TestName = "GetResult_past_ConfigureAwait_is_awaited_with_ConfigureAwait")]
    [TestCase("private LaunchHandle Go() => [|this.launcher.StartAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];", "private LaunchHandle Go() => this.launcher.Start();", TestName = "GetResult_past_ConfigureAwait_in_a_synchronous_method_becomes_a_Start")]
    public Task Check(string code, string? changed) => AnalyzedCode.IsChanged<BlockingOnTaskAnalyzer, BlockingOnTaskFix>(code, changed);
}
