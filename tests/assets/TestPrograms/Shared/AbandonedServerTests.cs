namespace TestPrograms;

[TestClass]
public sealed class AbandonedServerTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For(
        IgnoreEverything,
        options =>
        {
            options.Name = "stubborn";
            options.StopTimeout = TimeSpan.FromMilliseconds(100);
        });

    [Test]
    public Task A_test_that_passes() => Server.StartAsync();

    private static void IgnoreEverything(LaunchContext context)
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
                // It ignores even that.
            }
        }
    }
}
