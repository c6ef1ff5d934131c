using Microsoft.Extensions.DependencyInjection;
using ShopProgram;

namespace TestPrograms;

/// <summary>A test that would pass, but for the server of its own.</summary>
[TestClass]
public sealed class CrashedServerPerTestTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>().PerTest();

    [Test]
    public async Task A_test_whose_server_has_crashed()
    {
        var handle = await Server.StartAsync();
        handle.Services.GetRequiredService<Backroom>().Break(new InvalidOperationException("Out of stock."));
        await handle.Completion;
    }
}
