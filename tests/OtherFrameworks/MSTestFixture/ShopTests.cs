namespace MSTestFixture;

[TestClass]
public sealed class ShopTests
{
    private static LaunchHandle? shop;

    [ClassInitialize]
    public static async Task Start(TestContext context) => shop = await Launcher.ForProgram<Program>(options =>
    {
            options.Name = "shop";
            options.Environment = "Development";
            options.UseLoopback();
    }).StartAsync(context.CancellationToken);

    [ClassCleanup]
    public static async Task Stop()
    {
        if (shop is not null)
        {
            var outcome = await shop.StopAsync();
            Assert.AreEqual(LaunchOutcomeKind.Stopped, outcome.Kind, outcome.ToString());
        }
    }

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task It_answers()
    {
        using var client = shop!.CreateClient();
        Assert.AreEqual("Hello from appsettings", await client.GetStringAsync("/", this.TestContext.CancellationToken));
    }
}
