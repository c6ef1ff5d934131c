namespace FailingFixtures;

public sealed class CancelledRun
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(Report.ServerStopped);

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    [CancelAfter(60_000)]
    public async Task A_test_that_waits(CancellationToken cancellationToken)
    {
        await Server.StartAsync(cancellationToken);
        Report.Out.WriteLine("the server runs");
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
