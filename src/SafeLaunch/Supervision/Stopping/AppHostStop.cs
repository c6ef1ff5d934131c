using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>
/// Stops the app hosts of a launch that no other code stops, and disposes of all that the launched code has built. A host that
/// is run by Run or RunAsync stops by itself once it is asked, and must not be stopped twice.
/// </summary>
internal sealed class AppHostStop(LaunchRun run, StopSteps steps, StopBudget budget)
{
    private const string Stop = "the stop of an app host";

    private readonly Dictionary<AppHost, Task> stops = [];

    /// <summary>
    /// Stops hosts while the delegate still runs, so that they have their time also if it ignores the stop. The delegate has a
    /// moment to stop them itself, and half of the time for a host that reports only the end of its stop. They are not
    /// disposed of under it.
    /// </summary>
    /// <param name="handOver">Until then the delegate may begin to stop them.</param>
    public async Task StopBesideDelegateAsync(Func<Deadline> handOver)
    {
        await this.StopBesideDelegateAsync(handOver, host => !host.IsBuiltBefore).ConfigureAwait(false);
        await this.StopBesideDelegateAsync(() => budget.Half, host => host.IsBuiltBefore).ConfigureAwait(false);
    }

    /// <summary>Ends and disposes of all hosts, the newest first, once the delegate has ended or is given up.</summary>
    public async Task FinishAsync()
    {
        if (!run.Hosts.Snapshot.Any(this.IsLeft) && !run.Hosts.IsAnyCaptured)
        {
            return;
        }

        if (run.Hosts.Snapshot.Any(host => host.IsLive && !host.StopBegun.IsCompleted))
        {
            await PoolTrips.MakeAsync().ConfigureAwait(false);
        }

        // One moment for all of them, since all have been asked at once.
        var lastMoment = Deadline.After(StopTimes.Moment);
        var (runStops, unknownStops) = (Deadline.After(StopTimes.RunStops), Deadline.After(StopTimes.UnknownStops));
        foreach (var host in run.Hosts.Snapshot.Reverse().Where(this.IsLeft))
        {
            var begins = host.Run switch
            {
                HostRun.None => Deadline.After(TimeSpan.Zero),
                HostRun.Unknown => unknownStops,
                _ => runStops,
            };
            await this.EndAsync(host, begins, Until()).ConfigureAwait(false);
        }

        foreach (var host in run.Hosts.HalfStartedCaptured)
        {
            await this.DisposeAfterAsync(this.StopAsync(host, Until()), host, Until()).ConfigureAwait(false);
        }

        Deadline Until() => budget.Interrupted.NoSoonerThan(lastMoment);
    }

    /// <summary>Most hosts are stopped and disposed of by the delegate.</summary>
    private bool IsLeft(AppHost host) => host.NeedsStop || !host.Disposed.IsCompleted || this.stops.ContainsKey(host);

    private Task StopAsync(IHost host, Deadline until) => Task.Run(() => HostShutdown.StopAsync(host, until, run.Grace.TimeIsOver));

    private async Task StopBesideDelegateAsync(Func<Deadline> handOver, Func<AppHost, bool> isOfThese)
    {
        if (!run.Hosts.Snapshot.Any(isOfThese) || await budget.EndsByAsync(run.DelegateEnded, handOver).ConfigureAwait(false))
        {
            return;
        }

        foreach (var host in run.Hosts.Snapshot.Where(host => isOfThese(host) && host.IsLive && host.Run == HostRun.None).Reverse())
        {
            if (run.DelegateEnded.IsCompleted)
            {
                return;
            }

            if (!host.StopBegun.IsCompleted)
            {
                this.stops[host] = this.StopAsync(host.Host!, budget.Graceful);
                await budget.EndsByAsync(this.stops[host], () => budget.Graceful).ConfigureAwait(false);
            }
        }
    }

    /// <param name="host">The host.</param>
    /// <param name="begins">Until then the code that runs the host may begin to stop it.</param>
    /// <param name="until">Until then it may stop; it has a moment more to be disposed of.</param>
    private async Task EndAsync(AppHost host, Deadline begins, Deadline until)
    {
        if (!this.stops.TryGetValue(host, out var stop) && host.NeedsStop && !await budget.EndsByAsync(host.StopBegun, () => begins).ConfigureAwait(false))
        {
            stop = this.StopAsync(host.Host!, until);
        }

        if (stop is null && host.IsBuiltBefore && await budget.EndsByAsync(host.Ended, () => budget.Disposal).ConfigureAwait(false))
        {
            // Its owner may go on to use its services.
            return;
        }

        stop ??= host.NeedsStop ? host.Ended : Task.CompletedTask;
        if (host.Disposed.IsCompleted)
        {
            await steps.UntilAsync(Stop, stop, () => until).ConfigureAwait(false);
        }
        else
        {
            await this.DisposeAfterAsync(stop, host.Host!, until).ConfigureAwait(false);
        }
    }

    /// <summary>Disposes of a host also where its stop hangs: a server that has not been stopped would go on.</summary>
    private async Task DisposeAfterAsync(Task stop, IHost host, Deadline until)
    {
        var hasStopped = await steps.UntilAsync(Stop, stop, () => budget.Disposal.NoSoonerThan(StopTimes.Moment).NoLaterThan(until)).ConfigureAwait(false);
        var disposal = Task.Run(() => Disposal.DisposeAsync(host));

        // A stop that hangs has used up the time.
        var lastUntil = () => until.Plus(StopTimes.Moment);
        await (hasStopped
            ? steps.UntilAsync("disposing of an app host", disposal, lastUntil)
            : steps.UntilAsync(disposal, lastUntil)).ConfigureAwait(false);
    }
}
