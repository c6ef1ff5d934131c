using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>
/// Stops the app hosts of a launch that no other code stops, and disposes of all that the launched code has built. A host that
/// is run by Run or RunAsync stops by itself once it is asked, and must not be stopped twice.
/// </summary>
internal sealed class AppHostStop(LaunchRun run, StopSteps steps, StopBudget budget)
{
    /// <summary>How long the code that runs a host by Run or RunAsync may take from the request to the stop.</summary>
    private static readonly TimeSpan RunStops = TimeSpan.FromSeconds(1);

    /// <summary>The same for code that may or may not run the host.</summary>
    private static readonly TimeSpan UnknownStops = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<AppHost, Task> stops = [];

    /// <summary>
    /// Stops hosts while the delegate still runs, so that they have their time also if it ignores the stop. The delegate has a
    /// moment to stop them itself. They are not disposed of under it.
    /// </summary>
    public async Task StopBesideDelegateAsync()
    {
        if (run.Hosts.Snapshot.Count == 0 || await run.DelegateEnded.EndsWithinAsync(budget.HandOver).ConfigureAwait(false))
        {
            return;
        }

        foreach (var host in run.Hosts.Snapshot.Where(host => host.IsLive && !host.IsBuiltBefore && host.Run == HostRun.None).Reverse())
        {
            if (host.StopBegun.IsCompleted)
            {
                continue;
            }

            if (run.DelegateEnded.IsCompleted)
            {
                return;
            }

            this.stops[host] = Task.Run(() => HostShutdown.StopAsync(host.Host!, budget.Graceful));
            await this.stops[host].EndsWithinAsync(budget.Graceful.Remaining).ConfigureAwait(false);
        }
    }

    /// <summary>Ends and disposes of all hosts, the newest first, once the delegate has ended or is given up.</summary>
    public async Task FinishAsync()
    {
        if (run.Hosts.Snapshot.Any(host => host.IsLive && !host.StopBegun.IsCompleted))
        {
            await PoolTrips.MakeAsync().ConfigureAwait(false);
        }

        // A host that only needs a moment has it also where the delegate has used up the time.
        var until = budget.Interrupted.NoSoonerThan(LastMoment);

        // One moment for all of them, since all have been asked at once.
        var (runStops, unknownStops) = (Deadline.After(RunStops), Deadline.After(UnknownStops));
        foreach (var host in run.Hosts.Snapshot.Reverse())
        {
            var end = this.EndAsync(host, host.Run switch
            {
                HostRun.None => Deadline.After(TimeSpan.Zero),
                HostRun.Unknown => unknownStops,
                _ => runStops,
            }, until);
            await steps.UntilAsync("an app host", end, until).ConfigureAwait(false);
        }

        foreach (var host in run.Hosts.HalfStartedCaptured)
        {
            await steps.UntilAsync("a captured host", Task.Run(() => HostShutdown.StopAndDisposeAsync(host, until)), until).ConfigureAwait(false);
        }
    }

    /// <param name="host">The host.</param>
    /// <param name="begins">Until then the code that runs the host may begin to stop it.</param>
    /// <param name="until">Until then it may stop.</param>
    private async Task EndAsync(AppHost host, Deadline begins, Deadline until)
    {
        if (this.stops.TryGetValue(host, out var stop))
        {
            await Task.WhenAny(stop).ConfigureAwait(false);
            await Task.WhenAll(stop, DisposeAsync(host)).ConfigureAwait(false);
        }
        else if (host.NeedsStop && !await host.StopBegun.EndsWithinAsync(begins.Remaining).ConfigureAwait(false))
        {
            await Task.Run(() => HostShutdown.StopAndDisposeAsync(host.Host!, until)).ConfigureAwait(false);
        }
        else
        {
            await (host.NeedsStop ? host.Ended : Task.CompletedTask).ConfigureAwait(false);
            await DisposeAsync(host).ConfigureAwait(false);
        }
    }

    /// <summary>A host that was built before the launch and has stopped stays its owner's.</summary>
    private static Task DisposeAsync(AppHost host) =>
        host.IsBuiltBefore || host.Disposed.IsCompleted ? Task.CompletedTask : Task.Run(() => Disposal.DisposeAsync(host.Host));
}
