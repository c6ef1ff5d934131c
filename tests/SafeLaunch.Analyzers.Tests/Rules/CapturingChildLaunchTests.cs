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
    [TestCase("Launcher.ForProgram<Sample>().InChildProcess();", TestName = "A_program_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<CapturingChildLaunchAnalyzer>(code);
}
