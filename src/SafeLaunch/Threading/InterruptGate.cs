namespace SafeLaunch.Threading;

/// <summary>
/// Lets a thread be interrupted while it runs user code and at no other time: an interrupt that came a moment late would hit
/// the loop which hosts that code, and end it.
/// </summary>
internal sealed class InterruptGate
{
    private const int Outside = 0;
    private const int Inside = 1;
    private const int BeingInterrupted = 2;

    private int state = Outside;
    private volatile bool wasInterrupted;

    /// <summary>The thread goes into user code.</summary>
    public void Enter() => Volatile.Write(ref this.state, Inside);

    /// <summary>The thread comes back from user code; an interrupt that has found nothing there to end is over with it.</summary>
    public void Leave()
    {
        // A spin, since anything that blocks could be hit by the very interrupt that it waits for.
        while (Interlocked.CompareExchange(ref this.state, Outside, Inside) != Inside)
        {
            Thread.SpinWait(iterations: 10);
        }

        if (!this.wasInterrupted)
        {
            return;
        }

        this.wasInterrupted = false;
        try
        {
            Thread.Sleep(millisecondsTimeout: 1);
        }
        catch (ThreadInterruptedException)
        {
            // That was it.
        }
    }

    /// <summary>Interrupts the wait or the sleep that the thread's user code is in, or the next one. Does nothing outside of it.</summary>
    public void Interrupt(Thread thread)
    {
        if (Interlocked.CompareExchange(ref this.state, BeingInterrupted, Inside) == Inside)
        {
            this.wasInterrupted = true;
            thread.Interrupt();
            Volatile.Write(ref this.state, Inside);
        }
    }
}
