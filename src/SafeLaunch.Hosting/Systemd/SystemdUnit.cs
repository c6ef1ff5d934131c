using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Systemd;

/// <summary>This process as a service of systemd. All that it tells systemd goes nowhere where systemd has not asked for it.</summary>
/// <param name="logger">The logger of each message that systemd does not get. It is asked for then, since a launch may have one only while it runs.</param>
internal sealed class SystemdUnit(Func<ILogger> logger)
{
    private readonly SystemdNotifier notifier = new();

    /// <summary>The time between two signs of life: half of the time that systemd's watchdog waits. Null where systemd does not watch this process.</summary>
    private static TimeSpan? WatchInterval =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds is > 0 and <= int.MaxValue * 1_000L
            && IsThisProcess(Environment.GetEnvironmentVariable("WATCHDOG_PID"))
            ? TimeSpan.FromMicroseconds(microseconds / 2d)
            : null;

    public void TellReady() => this.Tell("READY=1");

    public void TellStopping() => this.Tell("STOPPING=1");

    /// <summary>Tells systemd's watchdog that the process lives, as long as no launch hangs.</summary>
    /// <param name="findHung">The name of a launch that hangs; null if there is none.</param>
    /// <param name="end">Ends it.</param>
    /// <returns>A task that never fails.</returns>
    public async Task WatchAsync(Func<string?> findHung, CancellationToken end)
    {
        if (WatchInterval is not { } interval || !this.notifier.IsEnabled)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval);
        string? hung = null;
        do
        {
            var found = findHung();
            if (found is null)
            {
                this.Tell("WATCHDOG=1");
            }
            else if (hung is null)
            {
                logger().WatchdogNotTold(found);
            }

            hung = found;
        }
        while (await NextAsync(timer, end).ConfigureAwait(false));
    }

    private static bool IsThisProcess(string? id) =>
        string.IsNullOrEmpty(id) || id.Equals(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Tell(string state)
    {
        try
        {
            this.notifier.Notify(new(state));
        }
        catch (Exception e)
        {
            logger().SystemdNotTold(e, state);
        }
    }
}
