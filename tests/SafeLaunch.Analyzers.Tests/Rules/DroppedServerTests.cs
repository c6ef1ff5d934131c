using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class DroppedServerTests
{
    [TestCase("Launcher.For(() => { var server = new Server(); [|server.Start();|] });", TestName = "A_server_that_is_started_last_is_reported")]
    [TestCase("Launcher.For(() => { [|Server.Start(\"http://localhost\");|] });", TestName = "A_server_of_a_static_method_is_reported")]
    [TestCase("Launcher.For(() => { [|new Server();|] });", TestName = "A_server_that_is_made_and_dropped_is_reported")]
    [TestCase("Launcher.For(async () => { var server = new Server(); [|await server.StartAsync();|] });", TestName = "A_server_that_is_started_asynchronously_is_reported")]
    [TestCase("Launcher.For(launch => { var server = new Server(); [|server.Start();|] launch.SignalReady(); });", TestName = "A_server_before_SignalReady_is_reported")]
    [TestCase("Launcher.For(() => { var server = new Server(); [|server.Start();|] Console.WriteLine(\"started\"); });", TestName = "A_server_before_a_printed_line_is_reported")]
    [TestCase("Launcher.For(() => { var server = new Server(); Console.WriteLine(server.GetHashCode()); [|server.Start();|] });", TestName = "A_server_of_which_only_members_are_used_is_reported")]
    [TestCase("builder.Services.AddLaunch(\"shop\", () => { var server = new Server(); [|server.Start();|] });", TestName = "A_server_of_a_launch_in_a_host_is_reported")]
    [TestCase("LaunchedServer.For(() => { var server = new Server(); [|server.Start();|] });", TestName = "A_server_of_a_test_is_reported")]
    [TestCase("Launcher.For(() => { var server = new Server(); [|server.Start();|] }, options => options.Name = \"shop\");", TestName = "A_server_in_a_launch_with_options_is_reported")]
    [TestCase("Launcher.For(() => { var server = new Server(); server.Start(); return server; });", TestName = "A_returned_server_is_not_reported")]
    [TestCase("Launcher.For(() => new Server());", TestName = "A_server_as_the_value_of_a_lambda_is_not_reported")]
    [TestCase("Launcher.For(() => Server.Start(\"http://localhost\"));", TestName = "A_server_of_a_static_method_as_the_value_of_a_lambda_is_not_reported")]
    [TestCase("Launcher.For(() => { var app = WebApplication.Create(); app.Start(); });", TestName = "A_host_is_not_reported")]
    [TestCase("Launcher.For(() => { var server = new Server(); server.Start(); Console.ReadLine(); Thread.Sleep(1); });", TestName = "A_server_that_other_code_waits_for_is_not_reported")]
    [TestCase("Launcher.For(launch => { using var server = new Server(); server.Start(); launch.Stopping.WaitHandle.WaitOne(); });", TestName = "A_server_of_a_using_declaration_is_not_reported")]
    [TestCase("Launcher.For(launch => { var server = new Server(); launch.Stopping.Register(() => server.Dispose()); server.Start(); });", TestName = "A_server_that_a_callback_disposes_of_is_not_reported")]
    [TestCase("Launcher.For(() => { var server = new Server(); server.Start(); }, options => options.StopWith(_ => Task.CompletedTask));", TestName = "A_server_in_a_launch_with_StopWith_is_not_reported")]
    [TestCase("var server = new Server(); Launcher.For(() => { server.Start(); });", TestName = "A_server_from_outside_is_not_reported")]
    [TestCase("private Server? server; private void Go() => Launcher.For(() => { this.server = new Server(); this.server.Start(); });", TestName = "A_server_in_a_field_is_not_reported")]
    [TestCase("var server = new Server(); server.Start();", TestName = "A_server_outside_of_a_launch_is_not_reported")]
    [TestCase("Launcher.For(() => { new List<int>(); });", TestName = "An_object_that_is_no_server_is_not_reported")]
    [TestCase("Launcher.For(launch => { var server = new Server(); launch.Stopping.Register(server.Dispose); server.Start(); });", TestName = "A_server_that_a_callback_without_a_lambda_disposes_of_is_not_reported")]
    [TestCase("Launcher.For(launch => { var server = new Server(); AppDomain.CurrentDomain.ProcessExit += server.OnExit; server.Start(); });", TestName = "A_server_that_an_event_calls_is_not_reported")]
    [TestCase("Launcher.For(() => { var server = new Server(); if (server.GetHashCode() == 0) { server.Stop(); } server.Start(); });", TestName = "A_server_that_the_delegate_stops_is_not_reported")]
    [TestCase("Launcher.For(() => { var server = new Server(); Console.WriteLine(server.Address); [|server.Start();|] });", TestName = "A_server_of_which_a_property_is_read_is_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<DroppedServerAnalyzer>(code);
}
