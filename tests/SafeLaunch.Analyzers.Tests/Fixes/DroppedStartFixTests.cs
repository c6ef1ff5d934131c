using SafeLaunch.Analyzers.Rules;
using SafeLaunch.CodeFixes.Fixes;

namespace SafeLaunch.Analyzers.Tests.Fixes;

[Parallelizable(ParallelScope.All)]
public sealed class DroppedStartFixTests
{
    [TestCase("[|launcher.StartAsync()|];", "var handle2 = await launcher.StartAsync();", TestName = "A_dropped_start_is_awaited")]
    [TestCase("_ = [|launcher.StartAsync(CancellationToken.None)|];", "var handle2 = await launcher.StartAsync(CancellationToken.None);", TestName = "A_discarded_start_is_awaited")]
    [TestCase("private void Go()\n    {\n        [|this.launcher.StartAsync()|];\n    }", "private void Go()\n    {\n        var handle2 = this.launcher.Start();\n    }", TestName = "A_dropped_start_in_a_synchronous_method_becomes_a_Start")]
    [TestCase("[|LaunchedServer.For(Shop.Run).StartAsync()|];", "await LaunchedServer.For(Shop.Run).StartAsync();", TestName = "A_dropped_start_of_a_test_server_is_awaited")]
    [TestCase("private void Go() => [|this.launcher.StartAsync()|];", null, TestName = "A_start_in_an_expression_body_is_left_alone")]
    [TestCase("if (port > 0)\n    [|launcher.StartAsync()|];", null, TestName = "A_dropped_start_in_an_if_without_braces_is_left_alone")]
    [TestCase("if (port > 0)\n    [|LaunchedServer.For(Shop.Run).StartAsync()|];", "if (port > 0)\n    await LaunchedServer.For(Shop.Run).StartAsync();", TestName = "A_dropped_start_of_a_test_server_in_an_if_without_braces_is_awaited")]
    [TestCase("switch (port)\n{\n    case 0:\n        [|launcher.StartAsync()|];\n        break;\n}", "switch (port)\n{\n    case 0:\n        var handle2 = await launcher.StartAsync();\n        break;\n}", TestName = "A_dropped_start_in_a_case_is_awaited")]
    [TestCase("lock (this)\n{\n    [|launcher.StartAsync()|];\n}", "lock (this)\n{\n    var handle2 = launcher.Start();\n}", TestName = "A_dropped_start_in_a_lock_becomes_a_Start")]
    public Task Check(string code, string? changed) => AnalyzedCode.IsChanged<DroppedStartAnalyzer, DroppedStartFix>(code, changed);

    [TestCase("[|launcher.StartAsync()|];\n_ = [|launcher.StartAsync()|];", "var handle2 = await launcher.StartAsync();\nvar handle3 = await launcher.StartAsync();", TestName = "Two_dropped_starts_get_two_handles")]
    public Task CheckAll(string code, string changed) => AnalyzedCode.AreChanged<DroppedStartAnalyzer, DroppedStartFix>(code, changed);
}
