using System.Diagnostics;
#if NET
using System.Runtime.InteropServices;
#endif

namespace SafeLaunch.Supervision;

/// <summary>Ctrl+C (SIGINT) and SIGTERM, for as long as it is not disposed.</summary>
internal sealed class Signals : IDisposable
{
    /// <summary>One request to end may reach the process twice, by its group and by its parent; no person asks twice as fast as that.</summary>
    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(500);

    private readonly Action<string> onSignal;
    private readonly Stopwatch sinceFirst = new();

#if NET
    private readonly object registering = new();
    private PosixSignalRegistration[] registrations = [];

    /// <param name="onSignal">Called with the name of the first signal, instead of its effect on the process.</param>
    public Signals(Action<string> onSignal)
    {
        this.onSignal = onSignal;
        this.Register();
    }

    /// <summary>
    /// Goes before the handlers that came since: the last to be registered is the first to be called. Safe from any thread, and
    /// does nothing once there are none left, since a host of a launch that was abandoned may start after its end.
    /// </summary>
    public void ComeFirst()
    {
        lock (this.registering)
        {
            if (this.registrations is { Length: > 0 } before)
            {
                this.Register();
                Unregister(before);
            }
        }
    }

    private static void Unregister(PosixSignalRegistration[] registrations)
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }
    }

    private void Register() =>
        this.registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, this.Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, this.Handle),
        ];

    private void Unregister()
    {
        lock (this.registering)
        {
            Unregister(this.registrations);
            this.registrations = [];
        }
    }

    private void Handle(PosixSignalContext signal)
    {
        if (this.Handle(signal.Signal.ToString()))
        {
            signal.Cancel = true;
        }
    }
#else
    /// <param name="onSignal">Called with the name of the first signal, instead of its effect on the process.</param>
    public Signals(Action<string> onSignal)
    {
        this.onSignal = onSignal;
        Console.CancelKeyPress += this.HandleCancelKey;
        AppDomain.CurrentDomain.ProcessExit += this.HandleProcessExit;
    }

    /// <summary>Here nothing that comes later gets in the way.</summary>
    public void ComeFirst()
    {
    }

    private void Unregister()
    {
        Console.CancelKeyPress -= this.HandleCancelKey;
        AppDomain.CurrentDomain.ProcessExit -= this.HandleProcessExit;
    }

    private void HandleCancelKey(object? sender, ConsoleCancelEventArgs e) => e.Cancel = this.Handle("Ctrl+C");

    private void HandleProcessExit(object? sender, EventArgs e) => this.Handle("SIGTERM");
#endif

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
