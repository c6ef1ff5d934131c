using System.Runtime.InteropServices;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>The sample Desk, as a real process.</summary>
public sealed class DeskTests : BrowserFixture
{
    [Test]
    public async Task The_desk_sample_shows_its_launches_survives_a_crash_of_its_API_and_stops_by_SIGTERM()
    {
        using var desk = ChildProcess.OfProject("samples/Desk", "--Desk=http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange=false");
        var address = await AddressAsync(desk);
        var page = new LaunchesPage(await this.OpenAsync(address));
        foreach (var launch in new[] { "api", "ui", "desk" })
        {
            await Expect(page.State(launch)).ToHaveTextAsync("Running");
        }

        var orders = await page.Page.RunAndWaitForPopupAsync(() => page.Card("ui").GetByRole(AriaRole.Link).ClickAsync());
        await orders.GetByRole(AriaRole.Button, new() { Name = "Order" }).ClickAsync();
        await Expect(orders.GetByRole(AriaRole.Status)).ToHaveTextAsync("The API has 1 orders.");
        await orders.GetByRole(AriaRole.Button, new() { Name = "Crash the API" }).ClickAsync();

        await page.Page.BringToFrontAsync();
        await Expect(page.Card("api").GetByText("1 earlier run")).ToBeVisibleAsync();
        await Expect(page.State("api")).ToHaveTextAsync("Running");
        using var client = new HttpClient { BaseAddress = address };
        Assert.That(await client.GetStringAsync(new Uri("/health", UriKind.Relative)).Within(), Is.EqualTo("Healthy"));
        Assert.That(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative)).Within(), Does.Contain("http_server_request_duration"));

        desk.Signal(PosixSignal.SIGTERM);
        Assert.That(await desk.ExitAsync(), Is.Zero, desk.Output);
    }

    private static async Task<Uri> AddressAsync(ChildProcess desk)
    {
        const string Open = "Open ";
        string? line;
        do
        {
            line = await desk.ReadLineAsync();
            Assert.That(line, Is.Not.Null, desk.Output);
        }
        while (!line!.StartsWith(Open, StringComparison.Ordinal));
        return new(line[Open.Length..]);
    }
}
