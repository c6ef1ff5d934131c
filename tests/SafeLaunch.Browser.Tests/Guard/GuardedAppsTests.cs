using SafeLaunch.Browser.Tests.Blazor;
using SafeLaunch.Browser.Tests.SignalR;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.Guard;

/// <summary>Apps that live on a lasting connection, clicked through the guard, and stopped and started again while their page is open.</summary>
public sealed class GuardedAppsTests : BrowserFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_Blazor_page_is_clicked_and_reconnects_to_a_relaunch_through_the_guard(bool requiresToken)
    {
        var launcher = Launcher.ForProgram<BlazorApp.Components.App>(options =>
        {
            options.Name = "blazor";
            options.StopTimeout = Stopping.Timeout;
            options.UseUrls($"http://127.0.0.1:{TakenPort.ThatIsFreeAgain()}").GuardAccess(guard => guard.RequireToken = requiresToken);
        });
        await using var handle = await launcher.StartAsync();
        var opened = await this.OpenAsync(handle.GetAccessUri());
        var page = new BlazorPage(opened);
        await page.Button.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("Current count: 1");
        Assert.That(opened.Url, Is.EqualTo(handle.Address.ToString()));

        await Stopping.IsCleanAsync(handle);
        await Expect(page.ReconnectNotice).ToBeVisibleAsync();
        await using var again = await launcher.StartAsync();

        await Expect(page.ReconnectNotice).ToBeHiddenAsync();
        await page.Button.ClickAsync();
        await Expect(page.Count).ToHaveTextAsync("Current count: 1");
        await Stopping.IsCleanAsync(again);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_SignalR_page_is_clicked_and_reconnects_to_a_relaunch_through_the_guard(bool requiresToken)
    {
        var launcher = Launcher.For(SignalRApp.Run, options =>
        {
            options.Name = "signalr";
            options.StopTimeout = Stopping.Timeout;
            options.UseUrls($"http://127.0.0.1:{TakenPort.ThatIsFreeAgain()}").GuardAccess(guard => guard.RequireToken = requiresToken);
        });
        await using var handle = await launcher.StartAsync();
        var page = await this.OpenAsync(handle.GetAccessUri());
        await SignalRTests.Button(page).ClickAsync();
        await Expect(SignalRTests.Count(page)).ToHaveTextAsync("Current count: 1");

        await Stopping.IsCleanAsync(handle);
        await Expect(SignalRTests.Count(page)).ToHaveTextAsync("Disconnected");
        await using var again = await launcher.StartAsync();

        await Expect(SignalRTests.Count(page)).ToHaveTextAsync("Current count: 0");
        await SignalRTests.Button(page).ClickAsync();
        await Expect(SignalRTests.Count(page)).ToHaveTextAsync("Current count: 1");
        await Stopping.IsCleanAsync(again);
    }

    [Test]
    public async Task A_Blazor_page_without_the_token_is_not_shown()
    {
        await using var handle = await Launcher.ForProgram<BlazorApp.Components.App>(options =>
        {
            options.Name = "blazor";
            options.UseLoopback().GuardAccess(guard => guard.RequireToken = true);
        }).StartAsync();
        var page = await this.OpenAsync(handle.Address);

        await Expect(page.GetByText("This page needs the address with the token")).ToBeVisibleAsync();
        await Expect(new BlazorPage(page).Button).ToBeHiddenAsync();
    }
}
