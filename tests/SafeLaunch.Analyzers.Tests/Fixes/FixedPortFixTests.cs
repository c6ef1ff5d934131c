using SafeLaunch.Analyzers.Rules;
using SafeLaunch.CodeFixes.Fixes;

namespace SafeLaunch.Analyzers.Tests.Fixes;

[Parallelizable(ParallelScope.All)]
public sealed class FixedPortFixTests
{
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls([|\"http://localhost:5000\"|]));", "Launcher.For(Shop.Run, options => options.UseUrls(\"http://127.0.0.1:0\"));", TestName = "The_port_of_localhost_becomes_a_free_one")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls([|\"http://*:5000\"|]));", "Launcher.For(Shop.Run, options => options.UseUrls(\"http://*:0\"));", TestName = "The_port_of_all_interfaces_becomes_a_free_one")]
    [TestCase("Launcher.For(Shop.Run, options => options.Configuration[\"urls\"] = [|\"http://127.0.0.1:5000\"|]);", "Launcher.For(Shop.Run, options => options.Configuration[\"urls\"] = \"http://127.0.0.1:0\");", TestName = "The_port_in_the_configuration_becomes_a_free_one")]
    [TestCase("Launcher.For(Shop.Run, options => options.ReadyWhen(Ready.Tcp([|5000|])));", null, TestName = "The_port_of_a_probe_is_left_alone")]
    [TestCase("Launcher.For(Shop.Run, options => options.ReadyWhen(Ready.Http([|\"http://localhost:5000/\"|])));", null, TestName = "The_address_of_a_probe_is_left_alone")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseUrls([|\"http://[::1]:5000\"|]));", "Launcher.For(Shop.Run, options => options.UseUrls(\"http://[::1]:0\"));", TestName = "The_port_of_an_IPv6_address_becomes_a_free_one")]
    public Task Check(string code, string? changed) => AnalyzedCode.IsChanged<FixedPortAnalyzer, FixedPortFix>(code, changed);
}
