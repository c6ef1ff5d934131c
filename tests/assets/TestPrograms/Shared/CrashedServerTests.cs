using Microsoft.Extensions.DependencyInjection;
using ShopProgram;

namespace TestPrograms;

[TestClass]
public sealed class CrashedServerTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>();

    [Test]
    public async Task A_test_that_asks_for_a_server_that_has_crashed()
    {
        var handle = await Server.StartAsync();
        handle.Services.GetRequiredService<Backroom>().Break(new InvalidOperationException("Out of stock."));
        await handle.Completion;

        _ = Server.Address;
    }
}
