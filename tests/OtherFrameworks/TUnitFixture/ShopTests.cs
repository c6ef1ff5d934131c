namespace TUnitFixture;

public sealed class Shop : IAsyncInitializer, IAsyncDisposable
{
    private LaunchHandle? handle;

    public HttpClient CreateClient() => this.handle!.CreateClient();

    public async Task InitializeAsync() => this.handle = await Launcher.ForProgram<Program>(options =>
    {
            options.Name = "shop";
            options.Environment = "Development";
            options.UseLoopback();
    }).StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (this.handle is not null)
        {
            var outcome = await this.handle.StopAsync();
            await Assert.That(outcome.Kind).IsEqualTo(LaunchOutcomeKind.Stopped).Because(outcome.ToString());
        }
    }
}

[ClassDataSource<Shop>(Shared = SharedType.PerTestSession)]
public sealed class ShopTests(Shop shop)
{
    [Test]
    public async Task It_answers()
    {
        using var client = shop.CreateClient();
        await Assert.That(await client.GetStringAsync("/")).IsEqualTo("Hello from appsettings");
    }
}
