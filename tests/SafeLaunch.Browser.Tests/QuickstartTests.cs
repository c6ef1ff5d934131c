using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests;

/// <summary>The sample Quickstart, as a real process: the first page of SafeLaunch that most people see. SAFELAUNCH_WRITE_PICTURES=1 writes its pictures.</summary>
public sealed class QuickstartTests : BrowserFixture
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("SAFELAUNCH_WRITE_PICTURES") is "1";
    private static readonly Regex AtLeast40 = new("^[4-9][0-9]$", RegexOptions.None, Gate.Patience);
    private static readonly Regex AtLeast60 = new("^[6-9][0-9]$", RegexOptions.None, Gate.Patience);

    [Test]
    public async Task The_quickstart_counts_clicks_relaunches_its_page_at_the_same_address_and_ends_by_Ctrl_C()
    {
        using var program = ChildProcess.OfProject("samples/Quickstart");
        var page = await this.VisitAsync(program);
        await Button(page, "Click").ClickAsync();
        await Button(page, "Click").ClickAsync();
        await Expect(page.GetByLabel("Clicks of this launch")).ToHaveTextAsync("2");
        await Expect(page.GetByText("Click 2, counted on thread 'page'")).ToBeVisibleAsync();
        var beats = await BeatsAsync(page);

        await Button(page, "Stop and relaunch").ClickAsync();

        await Expect(page.GetByText("Launched again. The main thread beat")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Launches").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(page.GetByText("Stopped: It was asked to stop.")).Not.ToHaveCountAsync(0);
        Assert.That(await BeatsAsync(page), Is.GreaterThan(beats));
        await Button(page, "Click").ClickAsync();
        await Expect(page.GetByText("Click 1, counted on thread 'page'")).ToBeVisibleAsync();

        program.Signal(PosixSignal.SIGINT);
        Assert.That(await program.ExitAsync(), Is.Zero, program.Output);
    }

    [TestCase(ColorScheme.Light, "quickstart-light.png")]
    [TestCase(ColorScheme.Dark, "quickstart-dark.png")]
    public async Task The_quickstart_has_the_contrast_of_level_AA_and_fits_a_phone(ColorScheme scheme, string picture)
    {
        using var program = ChildProcess.OfProject("samples/Quickstart");
        var page = await this.VisitAsync(program);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.SetViewportSizeAsync(360, 740);
        await Button(page, "Click").ClickAsync();
        await Expect(page.GetByText("Click 1, counted on thread 'page'")).ToBeVisibleAsync();

        var least = await Contrast.LeastOfAsync(page);

        Assert.That(least.Ratio, Is.GreaterThanOrEqualTo(4.5), least.Text);
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360));
        if (Writes)
        {
            await WriteAsync(page, picture);
        }
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Takes the picture once the lanes are full: of a relaunch, with clicks before and after.</summary>
    private static async Task WriteAsync(IPage page, string picture)
    {
        await page.SetViewportSizeAsync(960, 900);
        await Expect(page.Locator("#beats")).ToHaveTextAsync(AtLeast40);
        await Button(page, "Stop and relaunch").ClickAsync();
        await Expect(page.GetByText("Launched again. The main thread beat")).ToBeVisibleAsync();
        await Expect(page.Locator("#beats")).ToHaveTextAsync(AtLeast60);
        for (var click = 0; click < 5; click++)
        {
            await Button(page, "Click").ClickAsync();
        }

        await Expect(page.GetByText("Click 3, counted on thread 'page'")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { FullPage = true, Path = Repository.PathOf("docs", "images", picture) });
    }

    private static async Task<int> BeatsAsync(IPage page) => int.Parse((await page.Locator("#beats").TextContentAsync())!, CultureInfo.InvariantCulture);

    private async Task<IPage> VisitAsync(ChildProcess program)
    {
        string? line;
        do
        {
            line = await program.ReadLineAsync();
            Assert.That(line, Is.Not.Null, program.Output);
        }
        while (!line!.StartsWith("http://", StringComparison.Ordinal));
        return await this.OpenAsync(new(line));
    }
}
