using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class BlockingOnTaskTests
{
    [TestCase("using var handle = [|launcher.StartAsync().Result|];", TestName = "The_Result_of_a_start_is_reported")]
    [TestCase("using var handle = launcher.Start(); [|handle.StopAsync().Wait()|];", TestName = "A_Wait_for_a_stop_is_reported")]
    [TestCase("using var handle = launcher.Start(); [|handle.StopAsync().GetAwaiter().GetResult()|];", TestName = "GetResult_of_a_stop_is_reported")]
    [TestCase("using var handle = [|launcher.StartAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];", TestName = "GetResult_past_ConfigureAwait_is_reported")]
    [TestCase("using var handle = launcher.Start(); [|handle.InvokeAsync(() => Console.WriteLine()).Wait()|];", TestName = "A_Wait_for_an_invocation_is_reported")]
    [TestCase("using var handle = launcher.Start(); Console.WriteLine([|handle.InvokeAsync(() => 1).Result|]);", TestName = "The_Result_of_an_invocation_is_reported")]
    [TestCase("using var handle = launcher.Start(); [|handle.Completion.Wait()|];", TestName = "A_Wait_for_the_end_is_reported")]
    [TestCase("private LaunchOutcome End(LaunchHandle handle) => [|handle.Completion.Result|];", TestName = "The_Result_of_the_end_is_reported")]
    [TestCase("var server = LaunchedServer.For(Shop.Run); [|server.StartAsync().Wait()|];", TestName = "A_Wait_for_the_start_of_a_test_server_is_reported")]
    [TestCase("var launches = host.Services.GetRequiredService<ILaunches>(); [|launches.RestartAsync(\"shop\").Wait()|];", TestName = "A_Wait_for_the_restart_of_a_launch_in_a_host_is_reported")]
    [TestCase("await using var handle = await launcher.StartAsync();", TestName = "An_awaited_start_is_not_reported")]
    [TestCase("using var handle = launcher.Start();", TestName = "A_Start_is_not_reported")]
    [TestCase("using var handle = launcher.Start(); handle.Stop();", TestName = "A_Stop_is_not_reported")]
    [TestCase("using var handle = launcher.Start(); handle.Stop(); Console.WriteLine(handle.Completion.Result);", TestName = "The_Result_of_the_end_after_a_stop_is_not_reported")]
    [TestCase("using var handle = launcher.Start(); if (handle.Completion.IsCompleted) { Console.WriteLine(handle.Completion.Result); }", TestName = "The_Result_of_the_end_after_a_look_is_not_reported")]
    [TestCase("using var handle = launcher.Start(); handle.Completion.Wait(TimeSpan.FromSeconds(1));", TestName = "A_Wait_with_a_bound_is_not_reported")]
    [TestCase("Console.WriteLine(Task.FromResult(1).Result);", TestName = "The_Result_of_another_task_is_not_reported")]
    [TestCase("host.StopAsync().Wait();", TestName = "A_Wait_for_a_host_is_not_reported")]
    [TestCase("var stop = launcher.Start().StopAsync(); await stop;", TestName = "A_task_that_is_kept_is_not_reported")]
    [TestCase("Console.WriteLine(new { Result = 1 }.Result);", TestName = "A_property_called_Result_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<BlockingOnTaskAnalyzer>(code);
}
