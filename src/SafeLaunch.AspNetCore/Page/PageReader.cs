using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Page;

/// <summary>Looks at the launches for one open page, and knows which log lines that page has already.</summary>
/// <param name="launches">The launches.</param>
/// <param name="server">The services of the app that serves the page.</param>
/// <param name="isKnown">Whether the page may lead its reader past the tokens of launches.</param>
internal sealed class PageReader(ILaunches launches, IServiceProvider server, bool isKnown)
{
    /// <summary>Enough for a person; the log has them all.</summary>
    private const int ShownRuns = 10;

    private readonly bool startsLaunches = launches is not StartedLaunches;
    private readonly string program = server.GetService<IHostEnvironment>()?.ApplicationName ?? AppDomain.CurrentDomain.FriendlyName;
    private readonly IHostApplicationLifetime lifetime = server.GetRequiredService<IHostApplicationLifetime>();
    private readonly Dictionary<string, long> lastLines = new(StringComparer.Ordinal);
    private bool hasLooked;

    /// <summary>The next event, as JSON in one line.</summary>
    public string Next()
    {
        var view = new PageView(!this.hasLooked, this.program, Environment.ProcessId, Environment.WorkingSet, [.. launches.All.Select(this.Look)]);
        this.hasLooked = true;
        return JsonSerializer.Serialize(view, PageJson.Default.PageView);
    }

    private LaunchView Look(LaunchHandle handle)
    {
        var launch = handle.Launch;
        var state = handle.State;
        var runs = handle.EarlierRuns;
        var needsToken = LaunchAccess.TokenOf(handle) is not null;
        return new(
            handle.Name,
            state,
            Math.Max(0, (DateTimeOffset.UtcNow - launch.Since).TotalSeconds),
            state == LaunchState.Ended && handle.Completion is { IsCompletedSuccessfully: true, Result: var outcome } ? OutcomeView.Of(outcome) : null,
            LaunchConcern.Of(launch),
            state == LaunchState.Ended ? [] : [.. handle.Addresses.Select(address => address.ToString())],
            needsToken,
            needsToken && isKnown && state == LaunchState.Running,
            [.. runs.TakeLast(ShownRuns).Select(OutcomeView.Of)],
            runs.Count,
            launch.QueueLength,
            launch.LongestStop.TotalSeconds,
            this.IsServedBy(handle),
            PageActions.Of(handle, this.startsLaunches),
            launch.LogTail is not null,
            this.LinesOf(handle.Name, launch.LogTail));
    }

    private IReadOnlyList<LineView> LinesOf(string name, LogTail? tail)
    {
        var lines = tail?.After(this.lastLines.GetValueOrDefault(name)) ?? [];
        if (lines.Count > 0)
        {
            this.lastLines[name] = lines[^1].Number;
        }

        return [.. lines.Select(line => new LineView(line.Time, line.Level, line.Category, line.Text))];
    }

    private bool IsServedBy(LaunchHandle handle)
    {
        try
        {
            return handle.Hosts.Any(host => host.Services.GetService<IHostApplicationLifetime>() == this.lifetime);
        }
        catch (ObjectDisposedException)
        {
            // A host that has just ended serves no page.
            return false;
        }
    }
}
