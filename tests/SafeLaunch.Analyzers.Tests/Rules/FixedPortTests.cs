using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class FixedPortTests
{
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls([|\"http://localhost:5000\"|]));", TestName = "A_port_of_UseUrls_is_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls([|\"http://localhost:5000\"|], [|\"https://localhost:5001\"|]));", TestName = "Each_port_of_UseUrls_is_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls([|\"http://*:5000\"|]));", TestName = "A_port_of_all_interfaces_is_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.Configuration[\"urls\"] = [|\"http://localhost:5000\"|]);", TestName = "A_port_in_the_configuration_is_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.Configuration[\"HTTP_PORTS\"] = [|\"8080\"|]);", TestName = "A_port_of_http_ports_is_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.Configuration[\"Kestrel:Endpoints:Web:Url\"] = [|\"http://localhost:5000\"|]);", TestName = "A_port_of_an_endpoint_is_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.ReadyWhen(Ready.Tcp([|5000|])));", TestName = "A_port_of_a_Tcp_probe_is_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.ReadyWhen(Ready.Http([|\"http://localhost:5000/\"|])));", TestName = "A_port_of_an_Http_probe_is_reported")]
    [TestCase("LaunchedServer.For(Shop.Run, options => options.UseUrls([|\"http://localhost:5000\"|]));", TestName = "A_port_of_a_test_server_is_reported")]
    [TestCase("const int Port = 5000; Launcher.For(Shop.Run, options => options.ReadyWhen(Ready.Tcp([|Port|])));", TestName = "A_port_in_a_constant_is_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls(\"http://127.0.0.1:0\"));", TestName = "Port_0_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseLoopback());", TestName = "UseLoopback_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls($\"http://localhost:{port}\"));", TestName = "A_port_in_a_variable_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.ReadyWhen(Ready.Tcp(port)));", TestName = "A_probe_of_a_variable_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls(\"http://unix:/run/app.sock\"));", TestName = "A_Unix_socket_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.Configuration[\"Shop\"] = \"http://localhost:5000\");", TestName = "Another_key_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.Configuration[\"urls\"] = \"http://127.0.0.1:0\");", TestName = "Port_0_in_the_configuration_is_not_reported")]
    [TestCase("new HttpClient().BaseAddress = new Uri(\"http://localhost:5000\");", TestName = "An_address_that_is_no_address_of_a_launch_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.Configuration[\"urls\"] = \"\");", TestName = "A_text_that_is_no_address_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.ReadyWhen((_, _) => Task.Delay(5000)));", TestName = "Another_probe_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<FixedPortAnalyzer>(code);
}
