namespace SafeLaunch.XunitV3.Tests;

public sealed class ShopTests(ServerFixture<Program> shop) : IClassFixture<ServerFixture<Program>>
{
    [Fact]
    public async Task The_shop_answers() =>
        Assert.Equal("Hello from appsettings", await shop.Server.CreateClient().GetStringAsync("/", TestContext.Current.CancellationToken));
}
