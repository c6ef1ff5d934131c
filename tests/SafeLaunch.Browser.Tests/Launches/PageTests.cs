using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>The page of the launches, clicked in a real browser.</summary>
public sealed class PageTests : BrowserFixture
{
    [Test]
    public async Task A_running_launch_is_shown_with_a_link_that_opens_it()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);

        await Expect(page.State("shop")).ToHaveTextAsync("Running");
        await Expect(page.Page.GetByText("1 of 1")).ToBeVisibleAsync();
        var shop = await page.Page.RunAndWaitForPopupAsync(() => page.Card("shop").GetByRole(AriaRole.Link).ClickAsync());
        await Expect(shop.GetByText("Welcome to the shop")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_launch_whose_posted_work_waits_says_so_until_the_work_is_served()
    {
        await using var program = await Operator.StartAsync(services => services.AddLaunch("slow", () => { })
            .Configure(options => options.UnservedWorkTimeout = TimeSpan.FromMilliseconds(50)));
        var page = await this.OpenPageAsync(program);
        var mayEnd = Gate.NewSource();
        var isBusy = Gate.NewSource();
        var busy = program.Launches["slow"].InvokeAsync(() =>
        {
            isBusy.SetResult();

            // Such a wait serves nothing.
            SynchronizationContext.SetSynchronizationContext(null);
            mayEnd.Task.Wait();
        });
        await isBusy.Task.Within();
        var served = program.Launches["slow"].InvokeAsync(() => { });

        await Expect(page.Card("slow")).ToContainTextAsync("It is ready, but 1 posted work item has waited for its thread for");
        await Expect(page.Notice).ToContainTextAsync("slow: It is ready, but");
        mayEnd.SetResult();
        await Task.WhenAll(busy, served).Within();

        await Expect(page.Card("slow")).Not.ToContainTextAsync("It is ready, but");
        await Expect(page.State("slow")).ToHaveTextAsync("Running");
    }

    [Test]
    public async Task A_launch_that_drains_says_that_it_is_about_to_stop()
    {
        await using var program = await Operator.StartAsync(services => services.AddLaunch("shelf", TestLaunch.UntilStopped).DrainFor(TimeSpan.FromHours(1)));
        var page = await this.OpenPageAsync(program);
        using var impatience = new CancellationTokenSource();

        var stop = program.Launches.StopAsync("shelf", impatience.Token);
        await Expect(page.Card("shelf")).ToContainTextAsync("It is about to stop, and drains.");
        await impatience.CancelAsync();
        await stop.Within();

        await Expect(page.State("shelf")).ToHaveTextAsync("Stopped");
    }

    [Test]
    public async Task The_dialog_of_a_stop_says_what_will_happen_and_Cancel_lets_the_launch_run()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);

        await page.Button("Stop", "shop").ClickAsync();
        await Expect(page.Dialog).ToHaveAccessibleNameAsync("Stop shop?");
        await Expect(page.Dialog).ToContainTextAsync("ends after at most 12 s");
        await Expect(page.Dialog).ToContainTextAsync("Requests that are being answered may finish");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(page.Dialog).ToBeHiddenAsync();
        Assert.That(program.Launches["shop"].State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_launch_is_stopped_and_started_by_its_buttons()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);

        await page.DoAsync("Stop", "shop");
        await Expect(page.Notice).ToContainTextAsync("shop has ended. Stopped");
        await Expect(page.State("shop")).ToHaveTextAsync("Stopped");
        await Expect(page.Card("shop")).ToContainTextAsync("It was asked to stop.");
        Assert.That(program.Launches["shop"].State, Is.EqualTo(LaunchState.Ended));

        await page.DoAsync("Start", "shop");
        await Expect(page.State("shop")).ToHaveTextAsync("Running");
        Assert.That(program.Launches["shop"].State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task A_launch_is_restarted_by_its_button_and_has_its_address_again()
    {
        await using var program = await Operator.StartAsync();
        var address = program.Launches["shop"].Address;
        var page = await this.OpenPageAsync(program);

        await page.DoAsync("Restart", "shop");

        await Expect(page.Notice).ToHaveTextAsync("shop has started again.");
        await Expect(page.Card("shop").GetByText("1 earlier run")).ToBeVisibleAsync();
        await Expect(page.State("shop")).ToHaveTextAsync("Running");
        Assert.That(program.Launches["shop"].Address, Is.EqualTo(address));
    }

    [Test]
    public async Task A_crash_and_the_run_that_follows_are_shown_without_a_reload()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);
        await Expect(page.State("shop")).ToHaveTextAsync("Running");

        program.Shop.Crash();

        await page.Card("shop").GetByText("1 earlier run").ClickAsync();
        await Expect(page.Card("shop").Locator(".runs")).ToContainTextAsync("InvalidOperationException: The till is on fire.");
        await Expect(page.State("shop")).ToHaveTextAsync("Running");
        await Expect(page.Log("shop")).ToContainTextAsync("has crashed and is started again");
    }

    [Test]
    public async Task A_launch_that_has_crashed_for_good_says_why_and_can_be_started()
    {
        var mail = new Shop();
        await using var program = await Operator.StartAsync(services => services.AddLaunch("mail", mail.Run).Configure(options => options.UseLoopback()).WhenCrashed(LaunchCrash.KeepHost));
        var page = await this.OpenPageAsync(program);
        mail.Crash();

        await Expect(page.State("mail")).ToHaveTextAsync("Crashed");
        await Expect(page.Card("mail").Locator(".reason")).ToContainTextAsync("The till is on fire.");
        await page.DoAsync("Start", "mail");
        await Expect(page.State("mail")).ToHaveTextAsync("Running");
    }

    [Test]
    public async Task The_log_lines_of_the_app_are_shown_as_text()
    {
        await using var program = await Operator.StartAsync();
        var page = await this.OpenPageAsync(program);
        using var client = program.Launches["shop"].CreateClient();
        await client.GetStringAsync("/buy?thing=a+<b>kettle</b>").Within();

        await Expect(page.Log("shop")).ToContainTextAsync("Sold a <b>kettle</b>");
        await Expect(page.Log("shop").Locator("b")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task The_page_runs_under_its_own_content_security_policy()
    {
        await using var program = await Operator.StartAsync();
        var page = new LaunchesPage(await this.OpenAsync(new Uri("about:blank")));
        var complaints = new List<string>();
        page.Page.Console += (_, message) => complaints.Add(message.Text);
        page.Page.PageError += (_, error) => complaints.Add(error);
        await page.Page.GotoAsync(program.Page.ToString());
        await page.DoAsync("Restart", "shop");
        await Expect(page.Notice).ToHaveTextAsync("shop has started again.");

        Assert.That(complaints, Is.Empty);
    }

    [Test]
    public async Task A_page_that_has_lost_its_program_says_so_and_comes_back_with_it()
    {
        var port = TakenPort.ThatIsFreeAgain();
        var page = new LaunchesPage(await this.OpenAsync(new Uri("about:blank")));
        await using (var program = await Operator.StartAsync(port: port))
        {
            await page.Page.GotoAsync(program.Page.ToString());
            await Expect(page.State("shop")).ToHaveTextAsync("Running");
        }

        await Expect(page.Alert).ToContainTextAsync("The connection to the program is lost.");
        await using var again = await Operator.StartAsync(port: port);
        await Expect(page.Alert).ToBeHiddenAsync();
        await page.DoAsync("Stop", "shop");
        await Expect(page.State("shop")).ToHaveTextAsync("Stopped");
    }

    private async Task<LaunchesPage> OpenPageAsync(Operator program) => new(await this.OpenAsync(program.Page));
}
