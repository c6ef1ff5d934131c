using SafeLaunch.Analyzers.Rules;
using SafeLaunch.CodeFixes.Fixes;

namespace SafeLaunch.Analyzers.Tests.Fixes;

[Parallelizable(ParallelScope.All)]
public sealed class HostOnRawThreadFixTests
{
    [TestCase("[|Task.Run(() => host.Run())|];", "var handle2 = await Launcher.For(() => host.Run()).StartAsync();", TestName = "A_host_in_Task_Run_becomes_a_launch")]
    [TestCase("[|new Thread(() => host.Run()) { IsBackground = true }|].Start();", "var handle2 = await Launcher.For(() => host.Run()).StartAsync();", TestName = "A_host_on_a_thread_becomes_a_launch")]
    [TestCase("private void Go()\n    {\n        _ = [|Task.Run(() => this.host.Run())|];\n    }", "private void Go()\n    {\n        var handle2 = Launcher.For(() => this.host.Run()).Start();\n    }", TestName = "A_host_in_a_synchronous_method_becomes_a_launch")]
    [TestCase("[|ThreadPool.QueueUserWorkItem(_ => host.Run())|];", "var handle2 = await Launcher.For(() => host.Run()).StartAsync();", TestName = "A_host_in_QueueUserWorkItem_becomes_a_launch")]
    [TestCase("[|new Thread(host.Run)|].Start();", "var handle2 = await Launcher.For(host.Run).StartAsync();", TestName = "A_method_group_of_a_host_becomes_a_launch")]
    [TestCase("var task = [|Task.Run(() => host.Run())|];", null, TestName = "A_task_that_is_used_is_left_alone")]
    [TestCase("[|new Thread(new ThreadStart(host.Run))|].Start();", "var handle2 = await Launcher.For(host.Run).StartAsync();", TestName = "A_method_group_in_a_ThreadStart_becomes_a_launch")]
    [TestCase("private void Go()\n    {\n        [|new Thread(new ParameterizedThreadStart(Serve))|].Start();\n    }\n\n    private void Serve(object? state) => this.host.Run();", null, TestName = "A_method_with_a_parameter_in_a_ParameterizedThreadStart_is_left_alone")]
    [TestCase("private void Go()\n    {\n        [|new Thread(Serve)|].Start();\n    }\n\n    private void Serve(object? state) => this.host.Run();", null, TestName = "A_method_with_a_parameter_on_a_thread_is_left_alone")]
    [TestCase("private void Go()\n    {\n        [|ThreadPool.QueueUserWorkItem(Serve)|];\n    }\n\n    private void Serve(object? state) => this.host.Run();", null, TestName = "A_method_with_a_parameter_in_QueueUserWorkItem_is_left_alone")]
    [TestCase("private void Go()\n    {\n        if (this.handle is null)\n            [|Task.Run(() => this.host.Run())|];\n    }", null, TestName = "A_host_that_an_if_runs_without_braces_is_left_alone")]
    [TestCase("var thread = new AsyncContextThread();\n[|thread.Factory.Run(() => host.RunAsync())|];", "var thread = new AsyncContextThread();\nvar handle2 = await Launcher.For(() => host.RunAsync()).StartAsync();", TestName = "A_host_on_an_AsyncContextThread_becomes_a_launch")]
    [TestCase("var thread = new AsyncContextThread();\n[|TaskFactoryExtensions.Run(thread.Factory, Shop)|];\nvoid Shop() => host.Run();", "var thread = new AsyncContextThread();\nvar handle2 = await Launcher.For(Shop).StartAsync();\nvoid Shop() => host.Run();", TestName = "A_host_of_a_static_call_for_an_AsyncContextThread_becomes_a_launch")]
    [TestCase("var thread = new AsyncContextThread();\n[|TaskFactoryExtensions.Run(thread.Factory, () => host.Run())|];", "var thread = new AsyncContextThread();\nvar handle2 = await Launcher.For(() => host.Run()).StartAsync();", TestName = "A_lambda_of_a_static_call_for_an_AsyncContextThread_becomes_a_launch")]
    [TestCase("[|Task.Run(cancellationToken: CancellationToken.None, action: () => host.Run())|];", "var handle2 = await Launcher.For(() => host.Run()).StartAsync();", TestName = "A_named_argument_becomes_a_launch")]
    [TestCase("[|ThreadPool.QueueUserWorkItem(_ => { Console.WriteLine(_); host.Run(); })|];", null, TestName = "A_lambda_that_uses_its_parameter_is_left_alone")]
    public Task Check(string code, string? changed) => AnalyzedCode.IsChanged<HostOnRawThreadAnalyzer, HostOnRawThreadFix>(code, changed);

    [TestCase("[|Task.Run(() => host.Run())|];\n[|Task.Run(() => Host.CreateApplicationBuilder().Build().Run())|];", "var handle2 = await Launcher.For(() => host.Run()).StartAsync();\nvar handle3 = await Launcher.For(() => Host.CreateApplicationBuilder().Build().Run()).StartAsync();", TestName = "Two_hosts_become_launches_with_two_handles")]
    public Task CheckAll(string code, string changed) => AnalyzedCode.AreChanged<HostOnRawThreadAnalyzer, HostOnRawThreadFix>(code, changed);

    [TestCase("[|Task.Run(() => WebApplication.Create().Run())|];", "var handle = await Launcher.For(() => WebApplication.Create().Run()).StartAsync();", TestName = "A_host_of_a_program_becomes_a_launch")]
    public Task CheckProgram(string code, string changed) => AnalyzedCode.ProgramIsChanged<HostOnRawThreadAnalyzer, HostOnRawThreadFix>(code, changed);
}
