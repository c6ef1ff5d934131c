using Microsoft.Playwright;

namespace SafeLaunch.Templates.Tests;

/// <summary>The Blazor template in a real browser.</summary>
public sealed class ClickTests
{
    [Test]
    public async Task The_counter_of_the_blazor_template_is_clicked_and_clicked_again_after_a_relaunch([Values] bool isByPath)
    {
        const string Program = "TemplateBlazor";
        var executable = Tool.Browser.FindOrIgnore();
        Assertions.SetDefaultExpectTimeout((float)Gate.Patience.TotalMilliseconds);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Timeout = (float)Gate.Patience.TotalMilliseconds,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
        using var caller = new Caller(isByPath ? Path.Combine(BuiltTemplates.OutputOf(Program), Program + ".dll") : Program, "entry-point");

        var address = await caller.StartAsync();
        await ClickAsync(browser, address!);
        Assert.That(await caller.StopAsync(), Is.EqualTo("Stopped"));
        await ClickAsync(browser, (await caller.StartAsync(address))!);
    }

    /// <summary>A button of a page that is not interactive yet does nothing: it is clicked until it counts.</summary>
    private static async Task ClickAsync(IBrowser browser, Uri address)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(address, "/counter").ToString());
        var count = page.GetByRole(AriaRole.Status);
        await Assertions.Expect(count).ToHaveTextAsync("Current count: 0");
        do
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Click me" }).ClickAsync();
        }
        while ((await count.TextContentAsync())!.EndsWith(" 0", StringComparison.Ordinal));
        await page.CloseAsync();
    }
}
