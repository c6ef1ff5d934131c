using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class CapturedHostTests
{
    [TestCase("var app = builder.Build(); Launcher.For(() => app.Run(), options => [|options.UseLoopback()|]);", TestName = "UseLoopback_with_a_captured_host_is_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(() => app.Run(), options => [|options.UseUrls(\"http://127.0.0.1:0\")|]);", TestName = "UseUrls_with_a_captured_host_is_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(() => app.Run(), options => [|options.GuardAccess()|]);", TestName = "GuardAccess_with_a_captured_host_is_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(() => app.RunAsync(), options => [|options.ConfigureServices(services => services.Clear())|]);", TestName = "ConfigureServices_with_a_captured_host_is_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(() => app.Run(), options => [|options.ConfigureAppHost(host => host.UseEnvironment(\"Test\"))|]);", TestName = "ConfigureAppHost_with_a_captured_host_is_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(() => app.Run(), options => [|options.Configuration[\"Key\"] = \"value\"|]);", TestName = "Configuration_with_a_captured_host_is_reported")]
    [TestCase("Launcher.For(host.Run, options => [|options.UseLoopback()|]);", TestName = "A_method_group_of_a_captured_host_is_reported")]
    [TestCase("Launcher.For(() => this.host.Run(), options => [|options.UseLoopback()|]);", TestName = "A_host_in_a_field_is_reported")]
    [TestCase("private void Go(IHost app) => Launcher.For(() => app.Run(), options => [|options.UseLoopback()|]);", TestName = "A_host_in_a_parameter_is_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(async () => { await app.StartAsync(); await app.WaitForShutdownAsync(); }, options => [|options.UseLoopback()|]);", TestName = "An_asynchronous_captured_host_is_reported")]
    [TestCase("var app = builder.Build(); new ServiceCollection().AddLaunch(\"shop\", () => app.Run()).Configure(options => { [|options.UseLoopback()|]; });", TestName = "A_captured_host_in_a_host_is_reported")]
    [TestCase("Launcher.For(() => { var app = builder.Build(); app.Run(); }, options => options.UseLoopback());", TestName = "A_host_that_the_delegate_builds_is_not_reported")]
    [TestCase("IHost? app = null; Launcher.For(() => { app = builder.Build(); app.Run(); }, options => options.UseLoopback());", TestName = "A_host_that_the_delegate_assigns_is_not_reported")]
    [TestCase("Launcher.For(() => builder.Build().Run(), options => options.UseLoopback());", TestName = "A_host_in_one_expression_is_not_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(() => app.Run(), options => options.ReportAddresses());", TestName = "ReportAddresses_is_not_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(() => app.Run(), options => options.Name = \"shop\");", TestName = "A_name_is_not_reported")]
    [TestCase("var app = builder.Build(); Launcher.For(() => app.Run());", TestName = "A_captured_host_without_options_is_not_reported")]
    [TestCase("Launcher.For(() => { host.Services.GetService<HttpClient>(); WebApplication.Create().Run(); }, options => options.UseLoopback());", TestName = "A_captured_host_that_is_only_read_is_not_reported")]
    [TestCase("private IHost App => Host.CreateApplicationBuilder().Build(); private void Go() => Launcher.For(() => this.App.Run(), options => options.UseLoopback());", TestName = "A_host_of_a_property_is_not_reported")]
    [TestCase("private IHost? app; private void Go() => Launcher.For(() => { this.app = WebApplication.Create(); this.app.Run(); }, options => options.UseLoopback());", TestName = "A_host_in_a_field_that_the_delegate_makes_is_not_reported")]
    [TestCase("Launcher.For(Shop.Run, options => options.UseLoopback());", TestName = "A_method_is_not_reported")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<CapturedHostAnalyzer>(code);
}
