namespace TestPrograms;

/// <summary>Two tests that use one server and fail, so that each runner shows their output. No test stops the server.</summary>
[TestClass]
public sealed class LoggingTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(Report.Stop);

    [Test]
    public Task A_test_that_asks_for_apples() => AskAsync("apples");

    [Test]
    public Task A_test_that_asks_for_pears() => AskAsync("pears");

    private static async Task AskAsync(string fruit)
    {
        await Server.CreateClient().GetStringAsync($"/log/{fruit}");
        throw new InvalidOperationException($"No {fruit} left.");
    }
}
