using Microsoft.Playwright;

namespace SafeLaunch.BrowserTests;

/// <summary>Tests with a real browser: one for each fixture, and a fresh profile for each test.</summary>
public abstract class BrowserFixture
{
    private IPlaywright? playwright;
    private IBrowser? browser;
    private IBrowserContext? visitor;

    [OneTimeSetUp]
    public async Task OpenBrowser()
    {
        var executable = Chromium.FindOrIgnore();
        Assertions.SetDefaultExpectTimeout((float)Patience.Time.TotalMilliseconds);
        this.playwright = await Playwright.CreateAsync();
        this.browser = await this.playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Headless = true,
            Timeout = (float)Patience.Time.TotalMilliseconds,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    [SetUp]
    public async Task BeANewVisitor()
    {
        this.visitor = await this.browser!.NewContextAsync();
        this.visitor.SetDefaultTimeout((float)Patience.Time.TotalMilliseconds);
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

    protected async Task<IPage> VisitAsync(LaunchHandle handle)
    {
        var page = await this.visitor!.NewPageAsync();
        await page.GotoAsync(handle.Address.ToString());
        return page;
    }
}
