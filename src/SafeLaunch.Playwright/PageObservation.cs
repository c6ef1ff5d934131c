using System.Collections.Concurrent;
using Microsoft.Playwright;
using SafeLaunch.Frameworks;

namespace SafeLaunch;

/// <summary>Watches the pages of one test, and attaches what explains a failure.</summary>
internal sealed class PageObservation(IBrowserContext context, RunningTest test, TestOutput server)
{
    /// <summary>How long the browser may take for each step of the end. Playwright has no bound for some of them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A test may have several contexts, and a framework only one file of each name.
    private static readonly ConcurrentDictionary<string, int> CountsOfTests = new(StringComparer.Ordinal);

    private readonly int number = CountsOfTests.AddOrUpdate(test.Id, 1, static (_, count) => count + 1);
    private readonly PageConsole console = new();
    private readonly string folder = Path.Combine(AppContext.BaseDirectory, "TestResults", $"{test.Id}-{Guid.NewGuid():N}");

    public Task BeginAsync()
    {
        this.console.Follow(context);
        return context.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true });
    }

    public async Task EndAsync(bool failed)
    {
        CountsOfTests.TryRemove(test.Id, out _);
        if (failed)
        {
            Directory.CreateDirectory(this.folder);
            for (var i = 0; i < context.Pages.Count; i++)
            {
                var page = context.Pages[i];
                await this.AttachAsync($"page-{this.number}-{i + 1}.png", $"Screenshot of {page.Url}", path => page.ScreenshotAsync(new() { Path = path })).ConfigureAwait(false);
            }

            await this.AttachAsync($"trace-{this.number}.zip", "Trace, for playwright show-trace", path => context.Tracing.StopAsync(new() { Path = path })).ConfigureAwait(false);
            await this.AttachAsync($"console-{this.number}.txt", "Console of the browser", path => File.WriteAllTextAsync(path, this.console.Text)).ConfigureAwait(false);
            await this.AttachAsync($"server-{this.number}.txt", "Last log lines of the server", path => File.WriteAllTextAsync(path, server.LastLines)).ConfigureAwait(false);
        }

        await context.CloseAsync().WaitAsync(Patience).ConfigureAwait(false);
    }

    /// <summary>Attaches a file. An error, such as that the browser has been closed, does not keep the other files from being attached.</summary>
    private async Task AttachAsync(string name, string description, Func<string, Task> write)
    {
        var path = Path.Combine(this.folder, name);
        try
        {
            await write(path).WaitAsync(Patience).ConfigureAwait(false);
            test.Attach(path, description);
        }
        catch (Exception e)
        {
            test.TryWriteLine($"{name} of the browser could not be made. Keep the browser open until the test has ended. {e.Message}");
        }
    }
}
