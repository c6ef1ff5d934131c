using SafeLaunch;

namespace Shop1.Tests;

// The first test that asks for the server starts it, on a free port.
[ClassDataSource<ServerFixture<Program>>(Shared = SharedType.PerTestSession)]
public sealed class ServerTests(ServerFixture<Program> shop)
{
    [Test]
    public async Task The_server_answers()
    {
        using var response = await shop.Server.CreateClient().GetAsync("/");

        await Assert.That((int)response.StatusCode).IsLessThan(500);
    }
}
