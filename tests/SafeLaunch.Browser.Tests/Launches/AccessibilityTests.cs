using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>The page of the launches for people who use a keyboard, a screen reader, a phone, or a dark screen.</summary>
public sealed class AccessibilityTests : BrowserFixture
{
    [Test]
    public async Task A_launch_is_stopped_by_the_keyboard_alone()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);
        await TabToAsync(page, page.Button("Stop", "shop"));

        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Dialog).ToBeVisibleAsync();
        Assert.That(await page.Page.EvaluateAsync<bool>("() => document.querySelector('dialog').contains(document.activeElement)"), Is.True);
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Button("Stop", "shop")).ToBeFocusedAsync();
        Assert.That(program.Launches["shop"].State, Is.EqualTo(LaunchState.Running));

        await page.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop shop" }));
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.State("shop")).ToHaveTextAsync("Stopped");
        await Expect(page.Button("Stop", "shop")).ToBeFocusedAsync();
    }

    [Test]
    public async Task The_focus_of_the_keyboard_can_be_seen_on_each_control()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);
        for (var controls = await page.Page.Locator("a:visible, button:visible, summary:visible, [tabindex='0']:visible").CountAsync(); controls > 0; controls--)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            Assert.That(
                await page.Page.EvaluateAsync<string>("() => { const style = getComputedStyle(document.activeElement); return `${style.outlineStyle} ${style.outlineWidth}`; }"),
                Is.EqualTo("solid 3px"));
        }
    }

    [Test]
    public async Task A_screen_reader_finds_the_landmarks_the_headings_and_the_names()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);

        await Expect(page.Page.GetByRole(AriaRole.Banner)).ToHaveCountAsync(1);
        await Expect(page.Page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Launches");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("shop");
        await Expect(page.Notice).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.Page).ToHaveTitleAsync("Launches of Backoffice");
        await Expect(page.Page.Locator("img:not([alt]), svg:not([aria-hidden])")).ToHaveCountAsync(0);
        await Expect(page.Page.Locator("button:visible")).ToHaveCountAsync(3);
        foreach (var action in new[] { "Start", "Restart", "Stop" })
        {
            await Expect(page.Button(action, "shop")).ToBeVisibleAsync();
        }
    }

    [Test]
    public async Task A_change_of_state_is_spoken()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);

        await program.Launches.StopAsync("shop").Within();

        await Expect(page.Notice).ToHaveTextAsync("shop: Stopped.");
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Each_text_has_the_contrast_of_level_AA(ColorScheme scheme)
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var dark = await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.That(dark, Is.EqualTo(scheme == ColorScheme.Dark ? "rgb(15, 17, 26)" : "rgb(244, 245, 249)"));
        await AssertAsync();

        await page.Button("Stop", "shop").ClickAsync();
        await AssertAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop shop" }).ClickAsync();
        await Expect(page.State("shop")).ToHaveTextAsync("Stopped");
        await AssertAsync();

        async Task AssertAsync()
        {
            var least = await Contrast.LeastOfAsync(page.Page);
            Assert.That(least.Ratio, Is.GreaterThanOrEqualTo(4.5), least.Text);
        }
    }

    [Test]
    public async Task A_phone_shows_the_page_and_its_dialog_without_sideways_scrolling()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);
        await page.Page.SetViewportSizeAsync(360, 740);
        await AssertAsync();
        await page.Button("Restart", "shop").ClickAsync();
        await AssertAsync();
        await Expect(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Restart shop" })).ToBeInViewportAsync(new() { Ratio = 1 });

        async Task AssertAsync() => Assert.That(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360));
    }

    [Test]
    public async Task Nothing_moves_for_a_reader_who_wants_less_motion()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);
        await page.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.Page.EvaluateAsync("() => document.querySelector('article').className = 'busy'");

        Assert.That(await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.dot')).animationName"), Is.EqualTo("none"));
    }

    private async Task<LaunchesPage> OpenPageAsync(Operator program)
    {
        var page = new LaunchesPage(await this.OpenAsync(program.Page));
        await Expect(page.State("shop")).ToHaveTextAsync("Running");
        return page;
    }

    private static async Task TabToAsync(LaunchesPage page, ILocator control)
    {
        var controls = await page.Page.Locator("a, button, summary, [tabindex]").CountAsync();
        for (var i = 0; i < controls && !await control.EvaluateAsync<bool>("control => control === document.activeElement"); i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
        }

        await Expect(control).ToBeFocusedAsync();
    }
}
