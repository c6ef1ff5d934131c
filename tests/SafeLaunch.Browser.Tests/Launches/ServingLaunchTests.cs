using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>The page of the launches in a worker without a web server: one of its launches serves the page.</summary>
public sealed class ServingLaunchTests : BrowserFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_restart_of_the_launch_that_serves_the_page_brings_the_page_back(bool requiresToken)
    {
        using var worker = await StartAsync(guard => guard.RequireToken = requiresToken);
        var desk = worker.Services.GetRequiredKeyedService<LaunchHandle>("desk");
        var page = new LaunchesPage(await this.OpenAsync(requiresToken ? desk.GetAccessUri() : desk.Address));
        await Expect(page.Card("desk")).ToContainTextAsync("Serves this page.");
        await page.Button("Restart", "desk").ClickAsync();
        await Expect(page.Dialog).ToContainTextAsync("It serves this page, which comes back with it");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Restart desk" }).ClickAsync();

        await Expect(page.Card("desk").GetByText("1 earlier run")).ToBeVisibleAsync();
        await Expect(page.Alert).ToBeHiddenAsync();
        var outcome = worker.Services.GetRequiredService<ILaunches>()["desk"].EarlierRuns[0];
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
        Assert.That(outcome.Duration, Is.LessThan(Gate.Patience / 2), "neither the request that asks nor the open page holds it up");
        await worker.StopAsync().Within();
    }

    [Test]
    public async Task The_page_warns_before_it_stops_the_launch_that_serves_it()
    {
        using var worker = await StartAsync();
        var page = new LaunchesPage(await this.OpenAsync(worker.Services.GetRequiredKeyedService<LaunchHandle>("desk").Address));
        await page.Button("Stop", "desk").ClickAsync();
        await Expect(page.Dialog).ToContainTextAsync("It serves this page: you cannot start it again from here.");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop desk" }).ClickAsync();

        await Expect(page.Notice).ToHaveTextAsync("The server of this page stops, and the stop of desk goes on.");
        await Expect(page.Alert).ToBeVisibleAsync();
        var desk = worker.Services.GetRequiredService<ILaunches>()["desk"];
        Assert.That((await desk.Completion.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        await worker.StopAsync().Within();
    }

    [Test]
    public async Task The_page_opens_a_launch_with_its_token_for_a_reader_who_has_brought_the_token_of_the_page_and_does_not_show_it()
    {
        using var worker = await StartAsync(guard => guard.RequireToken = true);
        var launches = worker.Services.GetRequiredService<ILaunches>();
        var page = new LaunchesPage(await this.OpenAsync(launches["desk"].GetAccessUri()));
        var shop = await page.Page.RunAndWaitForPopupAsync(() => page.Card("shop").GetByRole(AriaRole.Link).ClickAsync());

        await Expect(shop.GetByText("Welcome to the shop")).ToBeVisibleAsync();
        Assert.That(shop.Url, Is.EqualTo(launches["shop"].Address.ToString()));
        Assert.That(await page.Page.ContentAsync(), Does.Not.Contain(launches["shop"].GetAccessToken()!));
        await worker.StopAsync().Within();
    }

    [Test]
    public async Task A_reader_who_has_shown_nothing_is_not_led_past_the_token_of_a_launch()
    {
        using var worker = await StartAsync();
        var launches = worker.Services.GetRequiredService<ILaunches>();
        var page = new LaunchesPage(await this.OpenAsync(launches["desk"].Address));

        await Expect(page.Card("shop")).ToContainTextAsync("Asks for its token");
        await Expect(page.Card("shop").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", launches["shop"].Address.ToString());
        Assert.That(await page.Page.EvaluateAsync<int>("() => fetch('open?launch=shop').then(answer => answer.status)"), Is.EqualTo(403));
        await worker.StopAsync().Within();
    }

    private static async Task<IHost> StartAsync(Action<AccessGuardOptions>? guardPage = null)
    {
        var builder = TestHosts.Builder();
        builder.Services.AddLaunch("shop", new Shop().Run).Configure(options => options.UseLoopback().GuardAccess(guard => guard.RequireToken = true));
        builder.Services.AddLaunch("desk", Run).Configure((services, options) =>
        {
            options.StopTimeout = Gate.Patience;
            options.UseLoopback().GuardAccess(guardPage).ConfigureServices(inner => inner.AddSingleton(services.GetRequiredService<ILaunches>()));
        });
        var worker = builder.Build();
        await worker.StartAsync().Within();
        return worker;

        static void Run()
        {
            var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.MapLaunches("/");
            app.Run();
        }
    }
}
