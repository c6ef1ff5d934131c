namespace TestPrograms;

[TestClass]
public sealed class FailingStartTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(options => options.Configuration["Failure"] = "Nothing to sell.");

    [Test]
    public Task The_first_test() => Server.StartAsync();

    [Test]
    public Task The_second_test() => Server.StartAsync();
}
