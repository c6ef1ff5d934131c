using Microsoft.Extensions.Logging;
using SafeLaunch.Supervision;

namespace SafeLaunch.Systemd;

/// <summary>Launches of another source, which are reported to systemd.</summary>
internal sealed class SystemdSource(ILaunchSource launches) : ILaunchSource
{
    public string Name => launches.Name;

    public bool HandlesSignals => launches.HandlesSignals;

    public ILoggerFactory? LoggerFactory => launches.LoggerFactory;

    public IEnumerable<ILaunchPart> Parts => launches.Parts;

    public ILaunch Begin(StartRequest request)
    {
        var launch = launches.Begin(request);
        _ = FollowAsync(launch, new(() => new LaunchHandle(launch).Logger));
        return launch;
    }

    private static async Task FollowAsync(ILaunch launch, SystemdUnit unit)
    {
        await launch.Started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!launch.Started.IsCompletedSuccessfully)
        {
            // The process reports that by its exit code.
            return;
        }

        unit.TellReady();
        using var ended = new CancellationTokenSource();
        using var onStopping = launch.Stopping.Register(unit.TellStopping);
        var watch = unit.WatchAsync(() => launch.UnservedWork is null ? null : launch.Name, ended.Token);
        await launch.Completion.ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
    }
}
