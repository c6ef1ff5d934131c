namespace FailingFixtures;

public sealed class AbandonedServer
{
    private static readonly LaunchedServer Server = LaunchedServer.For(
        HeedNothing,
        options =>
        {
            options.Name = "stubborn";
            options.StopTimeout = TimeSpan.FromMilliseconds(100);
        });

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task A_test_that_passes() => await Server.StartAsync();

    private static void HeedNothing(LaunchContext context)
    {
        context.SignalReady();
        while (true)
        {
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                // Not even that.
            }
        }
    }
}
