#if NET
using System.Runtime.InteropServices;
#endif

namespace SafeLaunch.Supervision;

/// <summary>Ctrl+C (SIGINT) and SIGTERM, for as long as it is not disposed.</summary>
internal sealed class Signals : IDisposable
{
    private readonly Action<string> onSignal;
    private int hasComeBefore;

#if NET
    private readonly PosixSignalRegistration[] registrations;

    /// <param name="onSignal">Called with the name of the first signal, in place of what it does to the process.</param>
    public Signals(Action<string> onSignal)
    {
        this.onSignal = onSignal;
        this.registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, this.Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, this.Handle),
        ];
    }

    public void Dispose()
    {
        foreach (var registration in this.registrations)
        {
            registration.Dispose();
        }
    }

    private void Handle(PosixSignalContext signal)
    {
        if (this.IsFirst())
        {
            signal.Cancel = true;
            this.onSignal(signal.Signal.ToString());
        }
    }
#else
    /// <param name="onSignal">Called with the name of the first signal, in place of what it does to the process.</param>
    public Signals(Action<string> onSignal)
    {
        this.onSignal = onSignal;
        Console.CancelKeyPress += this.HandleCancelKey;
        AppDomain.CurrentDomain.ProcessExit += this.HandleProcessExit;
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= this.HandleCancelKey;
        AppDomain.CurrentDomain.ProcessExit -= this.HandleProcessExit;
    }

    private void HandleCancelKey(object? sender, ConsoleCancelEventArgs e)
    {
        if (this.IsFirst())
        {
            e.Cancel = true;
            this.onSignal("Ctrl+C");
        }
    }

    private void HandleProcessExit(object? sender, EventArgs e)
    {
        if (this.IsFirst())
        {
            this.onSignal("SIGTERM");
        }
    }
#endif

    // The second one is from somebody who does not want to wait.
    private bool IsFirst() => Interlocked.Exchange(ref this.hasComeBefore, 1) == 0;
}
