using System.Diagnostics;

namespace SafeLaunch.Tests.Threading;

/// <summary>Where a thread stands still without a wait, which an interrupt would end.</summary>
internal sealed class Stand : IDisposable
{
    private readonly ManualResetEventSlim reached = new();
    private volatile bool mayGoOn;

    /// <summary>Called on the thread.</summary>
    public void Still()
    {
        this.reached.Set();
        for (var patience = Stopwatch.StartNew(); !this.mayGoOn && patience.Elapsed < Gate.Patience;)
        {
            Thread.SpinWait(100);
        }
    }

    /// <summary>Until the thread stands still.</summary>
    public void WaitFor() => this.reached.Pass();

    public void GoOn() => this.mayGoOn = true;

    public void Dispose() => this.reached.Dispose();
}
