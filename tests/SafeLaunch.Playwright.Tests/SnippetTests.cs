namespace SafeLaunch.Playwright.Tests;

public sealed class SnippetTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For(TalkingShop.Run);

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task The_shop_has_a_page()
    {
        var browser = Browser.Open;

        var page = await Server.NewPageAsync(browser);
        await page.GotoAsync("/");

        Assert.That(await page.TitleAsync(), Is.EqualTo("shop"));
    }
}
