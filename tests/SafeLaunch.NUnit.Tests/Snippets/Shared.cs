namespace SafeLaunch.NUnit.Tests.Snippets.Shared;

public static class Shop
{
    public static LaunchedServer Server { get; } = LaunchedServer.For<Program>();
}

public abstract class ShopFixture
{
    private ServerLease? lease;

    [OneTimeSetUp]
    public async Task Enter() => this.lease = await Shop.Server.AcquireAsync();

    [OneTimeTearDown]
    public async Task Leave()
    {
        if (this.lease is not null)
        {
            await this.lease.DisposeAsync();
        }
    }
}

public sealed class FirstTests : ShopFixture
{
    [Test]
    public async Task The_shop_answers() =>
        Assert.That(await Shop.Server.CreateClient().GetStringAsync("/"), Is.EqualTo("Hello from appsettings"));
}

public sealed class SecondTests : ShopFixture
{
    [Test]
    public async Task The_shop_answers() =>
        Assert.That(await Shop.Server.CreateClient().GetStringAsync("/"), Is.EqualTo("Hello from appsettings"));
}
