using NUnit.Framework;
using SafeLaunch;

namespace Shop1.Tests;

public sealed class ServerTests
{
    // The first test that asks for the server starts it, on a free port.
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>();

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task The_server_answers()
    {
        using var response = await Server.CreateClient().GetAsync("/");

        Assert.That((int)response.StatusCode, Is.LessThan(500));
    }
}
