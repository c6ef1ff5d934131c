using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.Blazor;

public sealed class BlazorTests : BrowserFixture
{
    [Test]
    public async Task A_click_on_the_launched_page_is_counted()
    {
        await using var handle = await BlazorSample.StartAsync();
        var page = new BlazorPage(await this.VisitAsync(handle));

        await Expect(page.Count).ToHaveTextAsync("Current count: 0");
        await page.Button.ClickAsync();

        await Expect(page.Count).ToHaveTextAsync("Current count: 1");
    }

    [Test]
    public async Task Clicks_that_come_together_wait_for_the_async_lock_of_their_handler_and_each_counts()
    {
        await using var handle = await BlazorSample.StartAsync();
        var page = new BlazorPage(await this.VisitAsync(handle));

        await Expect(page.Button).ToBeEnabledAsync();
        await page.Button.EvaluateAsync("button => { for (let i = 0; i < 20; i++) button.click(); }");

        await Expect(page.Count).ToHaveTextAsync("Current count: 20");
        await Expect(page.ErrorNotice).ToBeHiddenAsync();
    }

    [Test]
    public async Task The_launch_stops_by_itself_while_the_page_is_open()
    {
        await using var handle = await BlazorSample.StartAsync();
        var page = new BlazorPage(await this.VisitAsync(handle));
        await page.Button.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("Current count: 1");

        await Stopping.IsCleanAsync(handle);

        await Expect(page.ReconnectNotice).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_page_reconnects_to_a_relaunch_on_the_same_port_and_can_be_clicked_again()
    {
        await using var handle = await BlazorSample.StartAsync();
        var page = new BlazorPage(await this.VisitAsync(handle));
        await page.Button.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("Current count: 1");
        await Stopping.IsCleanAsync(handle);
        await Expect(page.ReconnectNotice).ToBeVisibleAsync();

        await using var again = await BlazorSample.StartAgainAsync(handle.Address);

        await Expect(page.ReconnectNotice).ToBeHiddenAsync();
        await Expect(page.Count).ToHaveTextAsync("Current count: 0");
        await page.Button.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("Current count: 1");
        await Stopping.IsCleanAsync(again);
    }

    [Test]
    public async Task The_page_of_a_supervised_launch_survives_a_crash_and_counts_on()
    {
        await using var handle = await BlazorSample.StartSupervisedAsync();
        var page = new BlazorPage(await this.VisitAsync(handle));
        await page.Button.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("Current count: 1");

        handle.SynchronizationContext.Post(_ => throw new IOException("crash"), null);

        await Expect(page.Count).ToHaveTextAsync("Current count: 0");
        await page.Button.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("Current count: 1");
        Assert.That(handle.EarlierRuns.Single().Exception, Is.TypeOf<IOException>());
        await Stopping.IsCleanAsync(handle);
    }
}
