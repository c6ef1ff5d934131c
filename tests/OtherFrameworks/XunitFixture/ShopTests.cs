namespace XunitFixture;

public sealed class Shop : IAsyncLifetime
{
    private LaunchHandle? handle;

    public HttpClient CreateClient() => this.handle!.CreateClient();

    public async ValueTask InitializeAsync() => this.handle = await Launcher.ForProgram<Program>(options =>
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
            Assert.True(outcome.Kind == LaunchOutcomeKind.Stopped, outcome.ToString());
        }
    }
}

public sealed class ShopTests(Shop shop) : IClassFixture<Shop>
{
    [Fact]
    public async Task It_answers()
    {
        using var client = shop.CreateClient();
        Assert.Equal("Hello from appsettings", await client.GetStringAsync("/", TestContext.Current.CancellationToken));
    }
}
