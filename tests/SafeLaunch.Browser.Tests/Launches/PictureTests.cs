using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>How the page looks. SAFELAUNCH_WRITE_PICTURES=1 writes the pictures of docs/.</summary>
public sealed class PictureTests : BrowserFixture
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("SAFELAUNCH_WRITE_PICTURES") is "1";

    [TestCase(ColorScheme.Light, 960, "launches-light.png")]
    [TestCase(ColorScheme.Dark, 960, "launches-dark.png")]
    [TestCase(ColorScheme.Dark, 360, "launches-phone.png")]
    public async Task The_page_can_be_pictured(ColorScheme scheme, int width, string file)
    {
        var mail = new Shop();
        await using var program = await Operator.StartAsync(services =>
        {
            services.AddLaunch("prices", new Shop().Run).Configure(options => options.UseLoopback());
            services.AddLaunch("mail", mail.Run).Configure(options => options.UseLoopback()).WhenCrashed(LaunchCrash.KeepHost);
            services.AddLaunch("reports", new Shop().Run).Configure(options => options.UseLoopback()).StartWhen(LaunchStart.OnDemand);
        });
        var page = new LaunchesPage(await this.OpenAsync(program.Page));
        await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await page.Page.SetViewportSizeAsync(width, 900);
        await Expect(page.State("prices")).ToHaveTextAsync("Running");
        mail.Crash();
        program.Shop.Crash();
        await Expect(page.Card("shop").GetByText("1 earlier run")).ToBeVisibleAsync();
        await Expect(page.State("mail")).ToHaveTextAsync("Crashed");
        await Expect(page.State("shop")).ToHaveTextAsync("Running");
        if (Writes)
        {
            await WorkAsync(program, page);
        }

        var picture = await page.Page.ScreenshotAsync(new() { FullPage = true, Path = Writes ? Repository.PathOf("docs", "images", file) : null });

        Assert.That(picture, Has.Length.LessThan(150 * 1024));
    }

    /// <summary>Lets the launches do something for a while, so that the plots have a line.</summary>
    private static async Task WorkAsync(Operator program, LaunchesPage page)
    {
        using var client = program.Launches["shop"].CreateClient();
        var busy = TimeSpan.FromMilliseconds(350);
        for (var second = 0; second < 24; second++)
        {
            foreach (var launch in program.Launches.All.Where(launch => launch.State == LaunchState.Running))
            {
                for (var item = 0; item < second * launch.Name.Length % 7; item++)
                {
                    launch.SynchronizationContext.Post(_ => Thread.Sleep(busy), state: null);
                }
            }

            await client.GetStringAsync(second % 3 == 0 ? "/buy?thing=a+kettle" : "/buy?thing=two+cups").Within();
            var shown = await page.Card("shop").Locator(".age").TextContentAsync();
            await Expect(page.Card("shop").Locator(".age")).Not.ToHaveTextAsync(shown!);
        }

        await Expect(page.Notice).ToBeEmptyAsync();
    }
}
