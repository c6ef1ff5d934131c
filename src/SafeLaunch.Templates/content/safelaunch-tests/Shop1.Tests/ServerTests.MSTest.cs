using Microsoft.VisualStudio.TestTools.UnitTesting;
using SafeLaunch;

namespace Shop1.Tests;

[TestClass]
public sealed class ServerTests
{
    // The first test that asks for the server starts it, on a free port.
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>();

    [ClassCleanup]
    public static async Task Stop() => await Server.DisposeAsync();

    [TestMethod]
    public async Task The_server_answers()
    {
        using var response = await Server.CreateClient().GetAsync("/");

        Assert.IsLessThan(500, (int)response.StatusCode);
    }
}
