namespace TestPrograms;

[TestClass]
public sealed class PassingTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(Report.Stop);

    [Test]
    public async Task A_test_that_passes()
    {
        if (await Server.CreateClient().GetStringAsync("/") != "Hello from appsettings")
        {
            throw new InvalidOperationException("The shop does not answer.");
        }
    }
}
