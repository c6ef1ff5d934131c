using System.Diagnostics;

namespace SafeLaunch.Supervision;

/// <summary>Ctrl+C (SIGINT) and SIGTERM, for as long as it is not disposed.</summary>
internal sealed partial class Signals : IDisposable
{
    /// <summary>One request to end may reach the process twice, by its group and by its parent; no person asks twice as fast as that.</summary>
    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(500);

    private readonly Action<string> onSignal;
    private readonly Stopwatch sinceFirst = new();

    public void Dispose()
    {
        var remaining = this.sinceFirst.IsRunning ? SameSignal - this.sinceFirst.Elapsed : TimeSpan.Zero;
        if (remaining > TimeSpan.Zero)
        {
            _ = this.UnregisterLaterAsync(remaining);
        }
        else
        {
            this.Unregister();
        }
    }

    private async Task UnregisterLaterAsync(TimeSpan delay)
    {
        await Task.Delay(delay).ConfigureAwait(false);
        this.Unregister();
    }

    /// <summary>False for a second request, by a person who does not want to wait: that signal is the process's own.</summary>
    private bool Handle(string signal)
    {
        lock (this.sinceFirst)
        {
            if (this.sinceFirst.IsRunning)
            {
                return this.sinceFirst.Elapsed < SameSignal;
            }

            this.sinceFirst.Start();
        }

        this.onSignal(signal);
        return true;
    }
}
