using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class HostOnRawThreadTests
{
    [TestCase("var app = builder.Build(); [|Task.Run(() => app.Run())|];", TestName = "A_host_in_Task_Run_is_reported")]
    [TestCase("var app = builder.Build(); _ = [|Task.Run(async () => await app.RunAsync())|];", TestName = "An_asynchronous_host_in_Task_Run_is_reported")]
    [TestCase("var app = builder.Build(); [|new Thread(() => app.Run()) { IsBackground = true }|].Start();", TestName = "A_host_on_a_thread_is_reported")]
    [TestCase("[|new Thread(host.Run)|].Start();", TestName = "A_method_group_of_a_host_on_a_thread_is_reported")]
    [TestCase("[|Task.Factory.StartNew(() => host.Run(), TaskCreationOptions.LongRunning)|];", TestName = "A_host_in_StartNew_is_reported")]
    [TestCase("[|ThreadPool.QueueUserWorkItem(_ => host.Run())|];", TestName = "A_host_in_QueueUserWorkItem_is_reported")]
    [TestCase("var thread = new AsyncContextThread(); _ = [|thread.Factory.Run(() => host.RunAsync())|];", TestName = "A_host_on_an_AsyncContextThread_is_reported")]
    [TestCase("[|Task.Run(() => { var app = WebApplication.Create(); app.Run(); })|];", TestName = "A_host_that_the_task_builds_is_reported")]
    [TestCase("[|new Thread(RunServer)|].Start(); void RunServer() { host.Run(); }", TestName = "A_local_function_that_runs_a_host_is_reported")]
    [TestCase("[|Task.Run(() => RunServer())|]; void RunServer() { host.Run(); }", TestName = "A_lambda_that_calls_a_method_that_runs_a_host_is_reported")]
    [TestCase("[|Task.Run(() => Host.CreateDefaultBuilder().RunConsoleAsync())|];", TestName = "A_host_of_RunConsoleAsync_is_reported")]
    [TestCase("Launcher.For(() => host.Run()).Start();", TestName = "A_launched_host_is_not_reported")]
    [TestCase("host.Run();", TestName = "A_host_on_the_thread_of_its_caller_is_not_reported")]
    [TestCase("await host.RunAsync();", TestName = "An_awaited_host_is_not_reported")]
    [TestCase("Task.Run(() => Launcher.For(() => host.Run()).Run());", TestName = "A_launch_in_Task_Run_is_not_reported")]
    [TestCase("Task.Run(() => Console.WriteLine());", TestName = "Other_work_in_Task_Run_is_not_reported")]
    [TestCase("Task.Run(() => host.StopAsync());", TestName = "The_stop_of_a_host_in_Task_Run_is_not_reported")]
    [TestCase("Task.Run(() => host.StartAsync());", TestName = "The_start_of_a_host_in_Task_Run_is_not_reported")]
    [TestCase("Launcher.For(() => { Task.Run(() => host.Run()); }).Start();", TestName = "A_task_inside_a_launch_is_not_reported")]
    [TestCase("Task.Run(() => { Action later = () => host.Run(); });", TestName = "A_lambda_that_the_task_does_not_call_is_not_reported")]
    [TestCase("new Thread(Shop.Run).Start();", TestName = "A_method_called_Run_of_another_type_is_not_reported")]
    [TestCase("new Timer(_ => Console.WriteLine());", TestName = "A_timer_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<HostOnRawThreadAnalyzer>(code);
}
