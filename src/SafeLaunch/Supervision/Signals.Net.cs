#if NET
using System.Runtime.InteropServices;

namespace SafeLaunch.Supervision;

/// <content>The signals of POSIX, which .NET raises on each system.</content>
internal sealed partial class Signals
{
    private readonly object registering = new();
    private PosixSignalRegistration[] registrations = [];

    /// <param name="onSignal">Called with the name of the first signal, instead of its effect on the process.</param>
    public Signals(Action<string> onSignal)
    {
        this.onSignal = onSignal;
        this.Register();
    }

    /// <summary>
    /// Goes before the handlers that came since: from .NET 10 on the last to be registered is the first to be called. Safe from any thread, and
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
}
#endif
