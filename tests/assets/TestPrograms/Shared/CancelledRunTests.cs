namespace TestPrograms;

[TestClass]
public sealed class CancelledRunTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(Report.Stop);

    [Test]
    public async Task A_test_that_waits()
    {
        var cancellationToken = Running.CancellationToken;
        await Server.StartAsync(cancellationToken);
        Report.Write("the server runs");
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
