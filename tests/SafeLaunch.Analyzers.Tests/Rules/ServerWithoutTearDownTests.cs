using SafeLaunch.Analyzers.Rules;

namespace SafeLaunch.Analyzers.Tests.Rules;

[Parallelizable(ParallelScope.All)]
public sealed class ServerWithoutTearDownTests
{
    [TestCase("private static readonly LaunchedServer [|Server|] = LaunchedServer.For(Shop.Run);", TestName = "A_static_field_is_reported")]
    [TestCase("public static LaunchedServer [|Server|] { get; } = LaunchedServer.For(Shop.Run);", TestName = "A_static_property_is_reported")]
    [TestCase("private static readonly LaunchedServer [|Server|] = LaunchedServer.For(Shop.Run); private HttpClient Client() => Server.CreateClient();", TestName = "A_server_that_is_only_used_is_reported")]
    [TestCase("private static readonly LaunchedServer [|Server|] = LaunchedServer.For(Shop.Run); private Task Go() => Server.StartAsync();", TestName = "A_server_that_is_only_started_is_reported")]
    [TestCase("private static readonly LaunchedServer [|Server|] = LaunchedServer.For(Shop.Run); private Uri Where => Server.Address;", TestName = "A_server_whose_address_is_read_is_reported")]
    [TestCase("private static LaunchedServer? [|server|]; private void SetUp() => server = LaunchedServer.For(Shop.Run);", TestName = "A_server_that_a_method_assigns_is_reported")]
    [TestCase("private static readonly LaunchedServer [|Server|] = LaunchedServer.For<Sample>();", TestName = "A_server_of_a_program_is_reported")]
    [TestCase("private static readonly LaunchedServer [|Server|] = LaunchedServer.For<Sample>().BeforeEachTest(_ => Task.CompletedTask);", TestName = "A_server_with_a_preparation_is_reported")]
    [TestCase("private static readonly LaunchedServer First = LaunchedServer.For<Sample>(), [|Second|] = LaunchedServer.For<Sample>(); private async Task Stop() => await First.DisposeAsync();", TestName = "One_of_two_servers_is_reported")]
    [TestCase("private static class Servers { public static readonly LaunchedServer [|Server|] = LaunchedServer.For<Sample>(); }", TestName = "A_server_in_a_nested_class_is_reported")]
    [TestCase("private static readonly LaunchedServer Server = LaunchedServer.For(Shop.Run); [OneTimeTearDown] public async Task Stop() => await Server.DisposeAsync();", TestName = "A_server_that_a_tear_down_disposes_of_is_not_reported")]
    [TestCase("public static LaunchedServer Server { get; } = LaunchedServer.For(Shop.Run); [OneTimeTearDown] public async Task Stop() => await Server.DisposeAsync();", TestName = "A_property_that_a_tear_down_disposes_of_is_not_reported")]
    [TestCase("private static class Servers { public static readonly LaunchedServer Server = LaunchedServer.For<Sample>(); } [OneTimeTearDown] public async Task Stop() => await Servers.Server.DisposeAsync();", TestName = "A_server_that_another_class_disposes_of_is_not_reported")]
    [TestCase("private static readonly LaunchedServer Server = LaunchedServer.For(Shop.Run).PerTest();", TestName = "A_server_PerTest_is_not_reported")]
    [TestCase("private static readonly LaunchedServer Server = LaunchedServer.For(Shop.Run); private async Task Enter() => await Server.AcquireAsync();", TestName = "A_shared_server_is_not_reported")]
    [TestCase("private static readonly LaunchedServer Server = LaunchedServer.For(Shop.Run); private static readonly List<IAsyncDisposable> All = [Server];", TestName = "A_server_that_other_code_is_given_is_not_reported")]
    [TestCase("private readonly LaunchedServer server = LaunchedServer.For(Shop.Run);", TestName = "A_server_of_an_object_is_not_reported")]
    [TestCase("await using var server = LaunchedServer.For(Shop.Run);", TestName = "A_server_in_a_variable_is_not_reported")]
    [TestCase("private static readonly LaunchedServer server = LaunchedServer.For(Shop.Run); public static LaunchedServer Server => server;", TestName = "A_property_that_returns_a_field_is_not_reported")]
    [TestCase("private static readonly LaunchHandle Handle = Launcher.For(Shop.Run).Start();", TestName = "A_static_handle_is_not_reported")]
    [TestCase("public abstract class Tests<T> { protected static readonly LaunchedServer Server = LaunchedServer.For<Sample>(); } public sealed class ShopTests : Tests<int> { [OneTimeTearDown] public async Task Stop() => await Server.DisposeAsync(); }", TestName = "A_server_of_a_generic_class_that_a_derived_class_disposes_of_is_not_reported")]
    [TestCase("public abstract class Tests<T> { protected static readonly LaunchedServer [|Server|] = LaunchedServer.For<Sample>(); } public sealed class ShopTests : Tests<int> { private Uri Where => Server.Address; }", TestName = "A_server_of_a_generic_class_that_is_only_used_is_reported")]
    [TestCase("public abstract class Tests<T> { protected static LaunchedServer? [|server|]; } public sealed class ShopTests : Tests<int> { private void SetUp() => server = LaunchedServer.For<Sample>(); }", TestName = "A_server_that_a_derived_class_assigns_is_reported_once")]
    public Task Check(string code) => AnalyzedCode.HasOnlyMarksOf<ServerWithoutTearDownAnalyzer>(code);
}
