namespace FailingFixtures;

public sealed class FailedTest
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(Report.ServerStopped);

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task A_test_that_fails() => Assert.That(await Server.CreateClient().GetStringAsync("/"), Is.Empty);
}
