using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class ForgottenHandleTests
{
    [TestCase("[|launcher.Start()|];", TestName = "A_dropped_handle_is_reported")]
    [TestCase("await [|launcher.StartAsync()|];", TestName = "A_dropped_handle_of_an_awaited_start_is_reported")]
    [TestCase("await [|launcher.StartAsync()|].ConfigureAwait(false);", TestName = "A_dropped_handle_past_ConfigureAwait_is_reported")]
    [TestCase("_ = [|launcher.Start()|];", TestName = "A_discarded_handle_is_reported")]
    [TestCase("var handle = [|launcher.Start()|]; Console.WriteLine(handle.Address);", TestName = "A_handle_of_which_only_the_address_is_read_is_reported")]
    [TestCase("var handle = [|launcher.Start()|]; await handle.InvokeAsync(() => Console.WriteLine());", TestName = "A_handle_that_is_only_invoked_is_reported")]
    [TestCase("var handle = [|launcher.Start()|]; await handle.CreateClient().GetStringAsync(\"/\");", TestName = "A_handle_that_only_makes_a_client_is_reported")]
    [TestCase("var handle = await [|launcher.StartAsync()|];", TestName = "A_handle_that_is_never_used_is_reported")]
    [TestCase("var address = [|launcher.Start()|].Address;", TestName = "An_address_without_its_handle_is_reported")]
    [TestCase("var handle = [|launcher.Start()|]; handle.Services.GetRequiredService<HttpClient>();", TestName = "A_handle_whose_services_alone_are_used_is_reported")]
    [TestCase("using var handle = launcher.Start();", TestName = "A_handle_of_a_using_declaration_is_not_reported")]
    [TestCase("await using var handle = await launcher.StartAsync();", TestName = "A_handle_of_an_await_using_declaration_is_not_reported")]
    [TestCase("using (var handle = launcher.Start()) { }", TestName = "A_handle_of_a_using_statement_is_not_reported")]
    [TestCase("using (launcher.Start()) { }", TestName = "A_handle_of_a_using_statement_without_a_variable_is_not_reported")]
    [TestCase("var handle = launcher.Start(); handle.Stop();", TestName = "A_stopped_handle_is_not_reported")]
    [TestCase("var handle = launcher.Start(); Console.CancelKeyPress += (_, _) => handle.RequestStop();", TestName = "A_handle_that_a_lambda_stops_is_not_reported")]
    [TestCase("var handle = launcher.Start(); handle?.Stop();", TestName = "A_handle_that_is_stopped_past_a_null_check_is_not_reported")]
    [TestCase("var handle = launcher.Start(); await handle.Completion;", TestName = "A_handle_whose_end_is_awaited_is_not_reported")]
    [TestCase("await launcher.Start().Completion;", TestName = "A_start_whose_end_is_awaited_is_not_reported")]
    [TestCase("this.handle = launcher.Start();", TestName = "A_handle_in_a_field_is_not_reported")]
    [TestCase("private Task<LaunchHandle> StartIt() => launcher.StartAsync(); private LaunchHandle StartNow() { return launcher.Start(); }", TestName = "A_returned_handle_is_not_reported")]
    [TestCase("var handles = new List<LaunchHandle>(); handles.Add(launcher.Start());", TestName = "A_handle_that_other_code_is_given_is_not_reported")]
    [TestCase("var handle = launcher.Start(); GC.KeepAlive(handle);", TestName = "A_handle_that_is_passed_on_from_a_variable_is_not_reported")]
    [TestCase("var handle = launcher.Start(); handle.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();", TestName = "A_handle_whose_lifetime_ends_the_host_is_not_reported")]
    [TestCase("var handle = launcher.Start(); await handle.Hosts[0].StopAsync();", TestName = "A_handle_whose_hosts_are_used_is_not_reported")]
    [TestCase("Assert.Throws<LaunchException>((TestDelegate)(() => launcher.Start())); Assert.ThrowsAsync<LaunchException>((AsyncTestDelegate)(async () => await launcher.StartAsync()));", TestName = "A_start_that_is_expected_to_throw_is_not_reported")]
    [TestCase("LaunchedServer.For(Shop.Run).Start();", TestName = "The_server_of_a_test_is_not_reported")]
    [TestCase("launcher.Run();", TestName = "A_launch_that_runs_to_its_end_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<ForgottenHandleAnalyzer>(code);
}
