using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Playwright.Tests;

/// <summary>The snippet of docs/how-to/playwright-with-webapplicationfactory.md.</summary>
public sealed class ShopPageTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For<Program>(options =>
        options.ConfigureServices(services => services.AddSingleton(TimeProvider.System)));

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task The_shop_greets_its_visitor()
    {
        var page = await Server.NewPageAsync(Browser.Open);
        await page.GotoAsync("/");

        Assert.That(await page.TextContentAsync("body"), Is.EqualTo("Hello from appsettings"));
    }
}
