namespace SafeLaunch.TUnit.Tests;

[ClassDataSource<ServerFixture<Program>>(Shared = SharedType.PerTestSession)]
public sealed class ShopTests(ServerFixture<Program> shop)
{
    [Test]
    public async Task The_shop_answers() =>
        await Assert.That(await shop.Server.CreateClient().GetStringAsync("/")).IsEqualTo("Hello from appsettings");
}
