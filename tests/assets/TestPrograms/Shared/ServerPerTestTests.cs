namespace TestPrograms;

/// <summary>Two tests that have a server each, and fail.</summary>
[TestClass]
public sealed class ServerPerTestTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(Report.Stop).PerTest();

    [Test]
    public Task A_test_that_asks_for_apples() => AskAsync("apples");

    [Test]
    public Task A_test_that_asks_for_pears() => AskAsync("pears");

    private static async Task AskAsync(string fruit)
    {
        await Server.CreateClient().GetStringAsync($"/log/{fruit}");
        Report.Write(Server.Address.ToString());
        throw new InvalidOperationException($"No {fruit} left.");
    }
}
