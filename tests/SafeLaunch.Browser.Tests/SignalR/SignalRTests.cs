using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.SignalR;

public sealed class SignalRTests : BrowserFixture
{
    [Test]
    public async Task A_click_reaches_the_launched_hub_and_comes_back_to_every_visitor()
    {
        await using var handle = await StartAsync(options => options.UseLoopback());
        var clicking = await this.VisitAsync(handle);
        var watching = await this.VisitAsync(handle);
        await Expect(Count(watching)).ToHaveTextAsync("Current count: 0");

        await Button(clicking).ClickAsync();

        await Expect(Count(clicking)).ToHaveTextAsync("Current count: 1");
        await Expect(Count(watching)).ToHaveTextAsync("Current count: 1");
    }

    [Test]
    public async Task Clicks_of_two_visitors_at_once_wait_for_the_async_lock_of_the_hub_and_each_counts()
    {
        await using var handle = await StartAsync(options => options.UseLoopback());
        IPage[] pages = [await this.VisitAsync(handle), await this.VisitAsync(handle)];
        foreach (var page in pages)
        {
            await Expect(Button(page)).ToBeEnabledAsync();
        }

        await Task.WhenAll(pages.Select(page => Button(page).EvaluateAsync("button => { for (let i = 0; i < 20; i++) button.click(); }")));

        foreach (var page in pages)
        {
            await Expect(Count(page)).ToHaveTextAsync("Current count: 40");
        }
    }

    [Test]
    public async Task The_launch_stops_by_itself_while_the_page_is_open_and_the_page_reconnects_to_a_relaunch()
    {
        await using var handle = await StartAsync(options => options.UseLoopback());
        var page = await this.VisitAsync(handle);
        await Button(page).ClickAsync();
        await Expect(Count(page)).ToHaveTextAsync("Current count: 1");

        await Stopping.IsCleanAsync(handle);
        await Expect(Count(page)).ToHaveTextAsync("Disconnected");

        await using var again = await StartAsync(options => options.UseUrls(handle.Address.ToString()));
        await Expect(Count(page)).ToHaveTextAsync("Current count: 0");
        await Button(page).ClickAsync();
        await Expect(Count(page)).ToHaveTextAsync("Current count: 1");
        await Stopping.IsCleanAsync(again);
    }

    private static Task<LaunchHandle> StartAsync(Action<LaunchOptions> configure) => Launcher.For(SignalRApp.Run, options =>
    {
        options.Name = "signalr";
        options.StopTimeout = Stopping.Timeout;
        configure(options);
    }).StartAsync();

    internal static ILocator Button(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Click me" });

    internal static ILocator Count(IPage page) => page.GetByRole(AriaRole.Status);
}
