namespace SafeLaunch.MSTest.Tests;

[TestClass]
public sealed class ShopTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>();

    [ClassCleanup]
    public static async Task Stop() => await Server.DisposeAsync();

    [TestMethod]
    public async Task The_shop_answers() =>
        Assert.AreEqual("Hello from appsettings", await Server.CreateClient().GetStringAsync("/"));
}
