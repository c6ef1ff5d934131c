using Microsoft.Extensions.DependencyInjection;
using ShopProgram;

namespace FailingFixtures;

public sealed class CrashedServer
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>();

    [OneTimeTearDown]
    public async Task Stop()
    {
        try
        {
            await Server.DisposeAsync();
        }
        finally
        {
            await Server.DisposeAsync();
            Report.Out.WriteLine("the second dispose throws nothing");
        }
    }

    [Test]
    [Order(1)]
    public async Task A_test_during_which_it_crashes()
    {
        var handle = await Server.StartAsync();
        handle.Services.GetRequiredService<Backroom>().Break(new InvalidOperationException("Out of stock."));
        await handle.Completion;
    }

    [Test]
    [Order(2)]
    public void A_test_after_that() => _ = Server.CreateClient();
}
