using System.IO.Compression;
using Microsoft.Playwright;
using NUnit.Framework.Internal;

namespace SafeLaunch.Playwright.Tests;

/// <summary>What becomes of a page with its test. Each test ends itself for its servers and pages, as the adapter does after it.</summary>
public sealed class EndOfTestTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For(TalkingShop.Run);

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task A_failed_test_has_screenshot_trace_console_and_the_last_lines_of_the_server_attached()
    {
        var page = await OpenAsync();
        await page.EvaluateAsync("fetch('/log/apples')");

        await RunningTest.FindCurrent()!.EndAsync(failed: true).Within();

        var files = TestExecutionContext.CurrentContext.CurrentResult.TestAttachments.ToDictionary(file => Path.GetFileName(file.FilePath), file => file.FilePath, StringComparer.Ordinal);
        Assert.That(files.Keys, Is.EqualTo(new[] { "page-1-1.png", "trace-1.zip", "console-1.txt", "server-1.txt" }));
        Assert.That((await File.ReadAllBytesAsync(files["page-1-1.png"]))[1..4], Is.EqualTo("PNG"u8.ToArray()));
        await using (var trace = await ZipFile.OpenReadAsync(files["trace-1.zip"]))
        {
            Assert.That(trace.Entries.Select(entry => entry.Name), Has.Some.EndsWith(".trace"));
        }

        Assert.That(await File.ReadAllTextAsync(files["console-1.txt"]), Does.Contain("error: The page complains."));
        Assert.That(await File.ReadAllTextAsync(files["server-1.txt"]), Does.Contain("Asked for apples."));
        Assert.That(page.IsClosed, Is.True);
    }

    [Test]
    public async Task A_failed_test_with_two_pages_has_the_files_of_both_under_different_names()
    {
        await OpenAsync();
        await OpenAsync();

        await RunningTest.FindCurrent()!.EndAsync(failed: true).Within();

        var names = TestExecutionContext.CurrentContext.CurrentResult.TestAttachments.Select(file => Path.GetFileName(file.FilePath));
        Assert.That(names, Is.EquivalentTo(new[] { "page-1-1.png", "trace-1.zip", "console-1.txt", "server-1.txt", "page-2-1.png", "trace-2.zip", "console-2.txt", "server-2.txt" }));
    }

    [Test]
    public async Task A_test_that_passes_has_nothing_attached_and_its_page_is_closed()
    {
        var page = await OpenAsync();

        await RunningTest.FindCurrent()!.EndAsync(failed: false).Within();

        Assert.That(TestExecutionContext.CurrentContext.CurrentResult.TestAttachments, Is.Empty);
        Assert.That(page.IsClosed, Is.True);
    }

    [Test]
    public async Task A_test_that_has_closed_its_page_says_which_files_could_not_be_made_and_has_the_others()
    {
        var page = await OpenAsync();
        await page.Context.CloseAsync();

        await RunningTest.FindCurrent()!.EndAsync(failed: true).Within();

        Assert.That(TestExecutionContext.CurrentContext.CurrentResult.Output, Does.Contain("trace-1.zip of the browser could not be made."));
        Assert.That(TestExecutionContext.CurrentContext.CurrentResult.TestAttachments.Select(file => Path.GetFileName(file.FilePath)), Is.SupersetOf(new[] { "console-1.txt", "server-1.txt" }));
    }

    private static async Task<IPage> OpenAsync()
    {
        var page = await Server.NewPageAsync(Browser.Open);
        await page.GotoAsync("/#none");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("closed");
        return page;
    }
}
