using SafeLaunch.Analyzers.Rules;
using SafeLaunch.CodeFixes.Fixes;

namespace SafeLaunch.Analyzers.Tests.Fixes;

[Parallelizable(ParallelScope.All)]
public sealed class ForgottenHandleFixTests
{
    [TestCase("await [|launcher.StartAsync()|];", "await using var handle2 = await launcher.StartAsync();", TestName = "A_dropped_handle_is_disposed_of")]
    [TestCase("var started = [|launcher.Start()|];", "await using var started = launcher.Start();", TestName = "A_handle_in_a_variable_is_disposed_of")]
    [TestCase("private void Go()\n    {\n        [|this.launcher.Start()|];\n    }", "private void Go()\n    {\n        using var handle2 = this.launcher.Start();\n    }", TestName = "A_handle_in_a_synchronous_method_is_disposed_of")]
    [TestCase("var address = [|launcher.Start()|].Address;", null, TestName = "An_address_without_its_handle_is_left_alone")]
    [TestCase("if (port > 0)\n    [|launcher.Start()|];", null, TestName = "A_handle_in_an_if_without_braces_is_left_alone")]
    [TestCase("switch (port)\n{\n    case 0:\n        [|launcher.Start()|];\n        break;\n}", null, TestName = "A_handle_in_a_case_is_left_alone")]
    [TestCase("switch (port)\n{\n    case 0:\n        var started = [|launcher.Start()|];\n        break;\n}", null, TestName = "A_handle_in_a_variable_of_a_case_is_left_alone")]
    [TestCase("private void Go() => [|this.launcher.Start()|];", null, TestName = "A_handle_of_an_expression_body_is_left_alone")]
    public Task Check(string code, string? changed) => AnalyzedCode.IsChanged<ForgottenHandleAnalyzer, ForgottenHandleFix>(code, changed);

    [TestCase("[|launcher.Start()|];\nif (port > 0)\n{\n    await [|launcher.StartAsync()|];\n}", "await using var handle2 = launcher.Start();\nif (port > 0)\n{\n    await using var handle3 = await launcher.StartAsync();\n}", TestName = "Two_dropped_handles_get_two_names")]
    public Task CheckAll(string code, string changed) => AnalyzedCode.AreChanged<ForgottenHandleAnalyzer, ForgottenHandleFix>(code, changed);

    [TestCase("[|Launcher.For(Shop.Run).Start()|];", "await using var handle = Launcher.For(Shop.Run).Start();", TestName = "A_dropped_handle_of_a_program_is_disposed_of")]
    [TestCase("Go();\nvoid Go()\n{\n    [|Launcher.For(Shop.Run).Start()|];\n}", "Go();\nvoid Go()\n{\n    using var handle = Launcher.For(Shop.Run).Start();\n}", TestName = "A_dropped_handle_of_a_function_of_a_program_is_disposed_of")]
    public Task CheckProgram(string code, string changed) => AnalyzedCode.ProgramIsChanged<ForgottenHandleAnalyzer, ForgottenHandleFix>(code, changed);
}
