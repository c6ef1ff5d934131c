namespace FailingFixtures;

public sealed class FailingStart
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(options => options.Configuration["Failure"] = "Nothing to sell.");

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public void The_first_test() => Server.Start();

    [Test]
    public void The_second_test() => Server.Start();
}
