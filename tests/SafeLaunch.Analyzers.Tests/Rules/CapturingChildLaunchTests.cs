using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class CapturingChildLaunchTests
{
    [TestCase("var path = \"x\"; Launcher.For(() => Console.WriteLine([|path|])).InChildProcess();", TestName = "A_captured_variable_is_reported")]
    [TestCase("Launcher.For(() => Console.WriteLine([|port|])).InChildProcess();", TestName = "A_captured_parameter_is_reported")]
    [TestCase("Launcher.For(() => Console.WriteLine([|this|].handle)).InChildProcess();", TestName = "A_captured_field_is_reported")]
    [TestCase("Launcher.For(() => Console.WriteLine([|handle|])).InChildProcess();", TestName = "A_captured_field_without_this_is_reported")]
    [TestCase("Launcher.For([|host.Run|]).InChildProcess();", TestName = "A_method_group_of_an_object_is_reported")]
    [TestCase("private void Serve() { } private void Go() => Launcher.For([|this.Serve|]).InChildProcess();", TestName = "A_method_group_of_this_is_reported")]
    [TestCase("Launcher.For(() => { Action later = () => Console.WriteLine([|port|]); later(); }).InChildProcess();", TestName = "A_capture_in_a_nested_lambda_is_reported")]
    [TestCase("var child = Launcher.For(() => Console.WriteLine([|port|])); child.InChildProcess();", TestName = "A_launcher_in_a_variable_is_reported")]
    [TestCase("Launcher.For(Shop.Run).InChildProcess(child => child.ConfigureInChild(options => options.Name = [|port|].ToString()));", TestName = "A_capture_of_ConfigureInChild_is_reported")]
    [TestCase("Launcher.For(launch => Console.WriteLine(launch.Name + [|port|])).InChildProcess();", TestName = "A_capture_of_a_delegate_with_a_context_is_reported")]
    [TestCase("Launcher.For(Shop.Run).InChildProcess();", TestName = "A_static_method_is_not_reported")]
    [TestCase("Launcher.For(() => Shop.Run()).InChildProcess();", TestName = "A_lambda_that_captures_nothing_is_not_reported")]
    [TestCase("Launcher.For(() => { var app = WebApplication.Create(); Action run = () => app.Run(); run(); }).InChildProcess();", TestName = "A_lambda_with_variables_of_its_own_is_not_reported")]
    [TestCase("const string Path = \"x\"; Launcher.For(() => Console.WriteLine(Path)).InChildProcess();", TestName = "A_constant_is_not_reported")]
    [TestCase("private static readonly string path = \"x\"; private void Go() => Launcher.For(() => Console.WriteLine(path)).InChildProcess();", TestName = "A_static_field_is_not_reported")]
    [TestCase("Launcher.For(() => Console.WriteLine(nameof(port))).InChildProcess();", TestName = "A_name_of_a_variable_is_not_reported")]
    [TestCase("Launcher.For(launch => Shop.RunAsync(launch.Stopping)).InChildProcess();", TestName = "The_context_is_not_reported")]
    [TestCase("Launcher.For(() => Console.WriteLine(port));", TestName = "A_capture_of_a_launch_in_this_process_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.Name = port.ToString()).InChildProcess();", TestName = "A_capture_of_the_options_is_not_reported")]
    [TestCase("Launcher.For(() => Console.WriteLine((from number in new[] { 1 } let next = number + 1 select next + number).First())).InChildProcess();", TestName = "A_variable_of_a_query_is_not_reported")]
    [TestCase("Launcher.For(() => { foreach (var (first, second) in new[] { (1, 2) }) { Console.WriteLine(first is var third ? third + second : 0); } }).InChildProcess();", TestName = "A_variable_of_a_pattern_is_not_reported")]
    [TestCase("Launcher.For(() => Console.WriteLine([|base|].ToString())).InChildProcess();", TestName = "A_captured_base_is_reported")]
    [TestCase("void Serve() => Console.WriteLine(port); Launcher.For([|Serve|]).InChildProcess();", TestName = "A_local_function_that_captures_a_parameter_is_reported")]
    [TestCase("void Serve() => Console.WriteLine(); Launcher.For(Serve).InChildProcess();", TestName = "A_local_function_that_captures_nothing_is_not_reported")]
    [TestCase("Launcher.ForProgram<Sample>().InChildProcess();", TestName = "A_program_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<CapturingChildLaunchAnalyzer>(code);

    [TestCase("Launcher.For(() => Console.WriteLine([|args|].Length)).InChildProcess();", TestName = "Captured_arguments_of_a_program_are_reported")]
    [TestCase("var path = \"x\"; Launcher.For(() => Console.WriteLine([|path|])).InChildProcess();", TestName = "A_captured_variable_of_a_program_is_reported")]
    public Task CheckProgram(string code) => AnalyzedCode.ProgramHasOnlyMarksOf<CapturingChildLaunchAnalyzer>(code);
}
