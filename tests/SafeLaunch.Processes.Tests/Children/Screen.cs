using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>A screen in memory, with a person who clicks.</summary>
internal sealed class Screen : IDisposable
{
    private const int LooksBetweenClicks = 50;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly TestKit.ChildProcess server;
    private readonly string display;

    private Screen(TestKit.ChildProcess server, string display)
    {
        this.server = server;
        this.display = display;
    }

    /// <summary>Starts the screen. Without its server the test is ignored, unless the environment requires it.</summary>
    public static async Task<Screen> StartAsync()
    {
        Tool.Mouse.FindOrIgnore();
        var screen = new TestKit.ChildProcess(Tool.Screen.FindOrIgnore(), ["-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"]);
        return new(screen, $":{await screen.ReadLineAsync()}");
    }

    /// <summary>Starts a program that shows its windows here.</summary>
    public TestKit.ChildProcess Run(string program, params string[] arguments) =>
        new(program, arguments, start => start.Environment["DISPLAY"] = this.display);

    /// <summary>Waits for a window with a title.</summary>
    /// <param name="title">A regular expression.</param>
    /// <returns>The number of the window.</returns>
    public async Task<string> FindAsync(string title) => (await this.DoAsync("search", "--sync", "--onlyvisible", "--name", title)).Split('\n')[0];

    /// <summary>Clicks, as a person does, again and again until the window has the title that the click leads to.</summary>
    /// <param name="window">The number of the window.</param>
    /// <param name="x">Where it is clicked, from the left.</param>
    /// <param name="y">Where it is clicked, from the top.</param>
    /// <param name="title">A regular expression.</param>
    /// <returns>The title.</returns>
    public async Task<string> ClickUntilAsync(string window, int x, int y, string title)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            await this.DoAsync("mousemove", "--window", window, x.ToString(CultureInfo.InvariantCulture), y.ToString(CultureInfo.InvariantCulture), "click", "1");
            for (var look = 0; look < LooksBetweenClicks; look++)
            {
                var shown = await this.DoAsync("getwindowname", window);
                if (Regex.IsMatch(shown, title, RegexOptions.ExplicitCapture, Gate.Patience))
                {
                    return shown;
                }

                Assert.That(patience.Elapsed, Is.LessThan(Gate.Patience), $"the title is '{shown}'");
                await Task.Delay(BetweenLooks);
            }
        }
    }

    public void Dispose() => this.server.Dispose();

    private async Task<string> DoAsync(params string[] arguments)
    {
        using var mouse = this.Run(Tool.Mouse.FindOrIgnore(), arguments);
        Assert.That(await mouse.ExitAsync(), Is.Zero, mouse.Output);
        return mouse.Output.Trim();
    }
}
