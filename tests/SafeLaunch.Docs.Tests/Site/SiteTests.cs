using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using SafeLaunch.Browser.Tests;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Docs.Tests.Site;

/// <summary>The site of the docs, built as anybody builds it, and visited on a phone.</summary>
[Platform(Exclude = "Win", Reason = "The site is built by bash.")]
public sealed class SiteTests : BrowserFixture
{
    private LaunchHandle? site;

    [OneTimeSetUp]
    public async Task ServeTheSite()
    {
        var folder = await Release.SiteAsync();
        this.site = await Launcher.For(() => Serve(folder), options => options.UseLoopback()).StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (this.site is not null)
        {
            await this.site.DisposeAsync();
        }
    }

    [Test]
    public async Task Every_page_of_the_site_fits_a_phone_and_has_neither_dead_links_nor_errors_nor_requests_to_other_hosts()
    {
        var folder = await Release.SiteAsync();
        var pages = Directory.EnumerateFiles(folder, "*.html", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not "toc.html")
            .Select(file => "/" + Path.GetRelativePath(folder, file));
        var walk = new SiteWalk(await this.VisitAsync(this.site!));

        await walk.VisitAllAsync();

        Assert.That(walk.Problems, Is.Empty);
        Assert.That(pages, Is.Not.Empty.And.SubsetOf(walk.Pages));
    }

    [TestCase("docs/launches.html")]
    [TestCase("docs/stop.html")]
    [TestCase("docs/context.html")]
    [TestCase("docs/design.html")]
    public async Task The_pictures_that_are_written_as_text_are_drawn(string path)
    {
        var page = await this.OpenAsync(new(this.site!.Address, path));

        await Expect(page.Locator("article .mermaid svg")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task The_search_finds_the_page_about_stopping_a_web_host()
    {
        var page = await this.VisitAsync(this.site!);

        await page.Locator("#search-query").FillAsync("stop web host process");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Stop a web host in process" }).First).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_reference_has_the_members_of_each_package()
    {
        foreach (var type in new[] { "Launcher", "WebLaunchOptionsExtensions", "SupervisionOptions", "LaunchedServer", "PlaywrightServerExtensions" })
        {
            var page = await this.OpenAsync(new(this.site!.Address, $"api/SafeLaunch.{type}.html"));
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Class {type}" })).ToBeVisibleAsync();
        }
    }

    private static void Serve(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        using var files = new PhysicalFileProvider(folder);
        app.UseFileServer(new FileServerOptions { FileProvider = files, StaticFileOptions = { ServeUnknownFileTypes = true } });
        app.Run();
    }
}
