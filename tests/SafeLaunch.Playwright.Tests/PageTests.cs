using Microsoft.Playwright;
using NUnit.Framework.Internal;

namespace SafeLaunch.Playwright.Tests;

/// <summary>The pages of tests that run at the same time and share a server.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PageTests
{
    private static readonly LaunchedServer Server = LaunchedServer.For(TalkingShop.Run);
    private static readonly TaskCompletionSource[] Arrivals = [Gate.NewSource(), Gate.NewSource()];
    private static readonly TaskCompletionSource[] Ends = [Gate.NewSource(), Gate.NewSource()];

    private static string Output => TestExecutionContext.CurrentContext.CurrentResult.Output;

    [OneTimeTearDown]
    public async Task Stop() => await Server.DisposeAsync();

    [Test]
    public async Task The_lines_of_requests_and_sockets_of_a_page_go_to_the_test_that_opened_the_page([Values(0, 1)] int me)
    {
        var page = await Server.NewPageAsync(Browser.Open);

        // Both are there before either sends, and both have sent before either looks.
        Arrivals[me].SetResult();
        await Arrivals[1 - me].Task.Within();
        await page.GotoAsync($"/#parcel-{me}");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("closed");
        await page.EvaluateAsync($"fetch('/log/parcel-{me}')");
        Ends[me].SetResult();
        await Ends[1 - me].Task.Within();

        Assert.That(Output, Does.Contain($"Socket for parcel-{me}.").And.Contain($"Asked for parcel-{me}."));
        Assert.That(Output, Does.Not.Contain($"parcel-{1 - me}"));
    }

    [Test]
    public async Task A_page_has_the_token_of_a_server_that_requires_one()
    {
        await using var guarded = LaunchedServer.For(TalkingShop.Run, options => options.GuardAccess(guard => guard.RequireToken = true));
        var page = await guarded.NewPageAsync(Browser.Open);

        var answer = await page.GotoAsync("/");

        Assert.That(answer!.Status, Is.EqualTo(200));
        Assert.That(page.Url, Is.EqualTo(guarded.Address.ToString()));
    }

    [Test]
    public async Task A_page_has_the_options_that_the_test_asks_for()
    {
        var page = await Server.NewPageAsync(Browser.Open, new() { ViewportSize = new() { Width = 321, Height = 200 } });

        Assert.That(page.ViewportSize!.Width, Is.EqualTo(321));
    }

    [Test]
    public async Task A_caller_outside_of_all_tests_gets_no_page()
    {
        Task<IPage> open;
        using (ExecutionContext.SuppressFlow())
        {
            open = Task.Run(() => Server.NewPageAsync(Browser.Open));
        }

        Assert.That(await open.ErrorAsync(), Is.TypeOf<LaunchException>().With.Message.Contains("the caller is in no test"));
    }
}
