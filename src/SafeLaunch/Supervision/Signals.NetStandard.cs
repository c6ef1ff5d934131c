#if !NET
namespace SafeLaunch.Supervision;

/// <content>What .NET Framework and Mono tell of the signals.</content>
internal sealed partial class Signals
{
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
}
#endif
