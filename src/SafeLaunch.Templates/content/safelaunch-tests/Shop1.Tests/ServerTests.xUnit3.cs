using SafeLaunch;
using Xunit;

namespace Shop1.Tests;

// The first test that asks for the server starts it, on a free port.
public sealed class ServerTests(ServerFixture<Program> shop) : IClassFixture<ServerFixture<Program>>
{
    [Fact]
    public async Task The_server_answers()
    {
        using var response = await shop.Server.CreateClient().GetAsync("/", TestContext.Current.CancellationToken);

        Assert.InRange((int)response.StatusCode, 200, 499);
    }
}
