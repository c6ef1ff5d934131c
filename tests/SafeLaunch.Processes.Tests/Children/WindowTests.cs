namespace SafeLaunch.Processes.Tests.Children;

/// <summary>The desktop sample, as a person uses it.</summary>
public sealed class WindowTests
{
    [Test]
    public async Task The_window_of_the_desktop_sample_starts_a_page_shows_its_address_stops_it_and_starts_it_again()
    {
        var program = Path.Combine(Repository.OutputOf("samples/Desktop", "net48"), "Desktop.exe");
        using var client = new HttpClient { Timeout = Gate.Patience };
        using var screen = await Screen.StartAsync();
        using var desktop = screen.Run(Tool.Mono.FindOrIgnore(), program);
        var window = await screen.FindAsync("^Not started$");

        for (var round = 1; round <= 2; round++)
        {
            var address = await screen.ClickUntilAsync(window, 30, 60, "^http://127.0.0.1:[0-9]+/$");
            Assert.That(await client.GetStringAsync(address), Is.EqualTo("Hello from .NET 10"));

            await screen.ClickUntilAsync(window, 330, 60, "^Stopped: It was asked to stop.$");
            Assert.That(async () => await client.GetStringAsync(address), Throws.InstanceOf<HttpRequestException>());
        }
    }
}
