using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class StopInsideLaunchTests
{
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { [|handle!.Stop()|]; }).Start();", TestName = "A_Stop_in_the_delegate_is_reported")]
    [TestCase("LaunchHandle? handle = null; handle = await Launcher.For(async () => { await [|handle!.StopAsync()|]; }).StartAsync();", TestName = "A_StopAsync_in_the_delegate_is_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { handle?[|.Stop()|]; }).Start();", TestName = "A_Stop_past_a_null_check_is_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { var app = WebApplication.Create(); app.MapPost(\"/stop\", () => { [|handle!.Stop()|]; }); app.Run(); }).Start();", TestName = "A_Stop_in_a_request_is_reported")]
    [TestCase("this.handle = Launcher.For(() => { [|this.handle!.Stop()|]; }).Start();", TestName = "A_Stop_of_a_handle_in_a_field_is_reported")]
    [TestCase("using var handle = launcher.Start(); await handle.InvokeAsync(() => [|handle.Stop()|]);", TestName = "A_Stop_inside_InvokeAsync_is_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(async () => { await [|handle!.Completion|]; }).Start();", TestName = "An_awaited_end_inside_the_delegate_is_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { [|handle!.Completion|].Wait(); }).Start();", TestName = "A_blocking_wait_for_the_end_inside_the_delegate_is_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { [|handle!.Stop()|]; }, options => options.UseLoopback()).Supervised().Start();", TestName = "A_Stop_inside_a_launch_with_options_is_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { Task.Run(() => { [|handle!.Stop()|]; }); }).Start();", TestName = "A_Stop_inside_a_nested_lambda_is_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { handle!.RequestStop(); }).Start();", TestName = "A_RequestStop_inside_the_delegate_is_not_reported")]
    [TestCase("var handle = Launcher.For(() => { }).Start(); handle.Stop();", TestName = "A_Stop_outside_is_not_reported")]
    [TestCase("using var other = launcher.Start(); using var handle = Launcher.For(() => { other.Stop(); }).Start();", TestName = "A_Stop_of_another_launch_is_not_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { using var inner = Launcher.For(() => { handle!.Stop(); }).Start(); }).Start();", TestName = "A_Stop_inside_a_launch_of_its_own_is_not_reported")]
    [TestCase("using var handle = Launcher.For(() => { var inner = launcher.Start(); inner.Stop(); }).Start();", TestName = "A_Stop_of_a_nested_launch_is_not_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { handle!.Dispose(); }).Start();", TestName = "A_Dispose_inside_the_delegate_is_not_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { Console.WriteLine(handle!.Completion.IsCompleted); }).Start();", TestName = "A_task_of_the_end_that_is_only_looked_at_is_not_reported")]
    [TestCase("LaunchHandle? handle = null; handle = Launcher.For(() => { }, options => options.StopWith(_ => handle!.Completion)).Start();", TestName = "A_StopWith_is_not_reported")]
    [TestCase("using var first = launcher.Start(); using var second = launcher.Start(); await first.InvokeAsync(() => second.Stop());", TestName = "A_Stop_inside_InvokeAsync_of_another_launch_is_not_reported")]
    [TestCase("private Sample? previous; private void Go() => this.handle = Launcher.For(() => { this.previous!.handle!.Stop(); }).Start();", TestName = "A_Stop_of_a_handle_in_the_same_field_of_another_object_is_not_reported")]
    [TestCase("private Sample? other; private void Go() => this.other!.handle = Launcher.For(() => { [|this.other!.handle!.Stop()|]; }).Start();", TestName = "A_Stop_of_a_handle_in_a_field_of_the_same_other_object_is_reported")]
    [TestCase("using var handle = Launcher.For(async () => { await host.StopAsync(); }).Start();", TestName = "The_stop_of_a_host_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<StopInsideLaunchAnalyzer>(code);
}
