using Microsoft.Playwright;

namespace SafeLaunch.Browser.Tests;

/// <summary>Tests with a real browser: one for each fixture, and a fresh profile for each test.</summary>
public abstract class BrowserFixture
{
    private IPlaywright? playwright;
    private IBrowser? browser;
    private IBrowserContext? visitor;

    /// <summary>What the browser is started with besides.</summary>
    protected virtual IEnumerable<string> MoreArguments => [];

    [OneTimeSetUp]
    public async Task OpenBrowser()
    {
        var executable = Tool.Browser.FindOrIgnore();
        Assertions.SetDefaultExpectTimeout((float)Gate.Patience.TotalMilliseconds);
        this.playwright = await Playwright.CreateAsync();
        this.browser = await this.playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Headless = true,
            Timeout = (float)Gate.Patience.TotalMilliseconds,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                .. this.MoreArguments,
            ],
        });
    }

    [SetUp]
    public async Task BeANewVisitor()
    {
        this.visitor = await this.browser!.NewContextAsync();
        this.visitor.SetDefaultTimeout((float)Gate.Patience.TotalMilliseconds);
    }

    [TearDown]
    public Task Leave() => this.visitor?.CloseAsync() ?? Task.CompletedTask;

    [OneTimeTearDown]
    public async Task CloseBrowser()
    {
        if (this.browser is not null)
        {
            await this.browser.CloseAsync();
        }

        this.playwright?.Dispose();
    }

    protected Task<IPage> VisitAsync(LaunchHandle handle) => this.OpenAsync(handle.Address);

    protected async Task<IPage> OpenAsync(Uri address)
    {
        var page = await this.visitor!.NewPageAsync();
        await page.GotoAsync(address.ToString());
        return page;
    }
}
