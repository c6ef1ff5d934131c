using Microsoft.Playwright;

namespace SafeLaunch.Playwright.Tests;

/// <summary>One browser for all tests.</summary>
[SetUpFixture]
public sealed class Browser
{
    private IPlaywright? playwright;

    public static IBrowser Open { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task OpenIt()
    {
        var executable = Tool.Browser.FindOrIgnore();
        Assertions.SetDefaultExpectTimeout((float)Gate.Patience.TotalMilliseconds);
        this.playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        Open = await this.playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Timeout = (float)Gate.Patience.TotalMilliseconds,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [OneTimeTearDown]
    public async Task CloseIt()
    {
        if (Open is not null)
        {
            await Open.CloseAsync();
        }

        this.playwright?.Dispose();
    }
}
