namespace SafeLaunch.Threading;

/// <summary>
/// Interrupts a thread while it is in user code, and only there: an interrupt that user code does not take with it would end
/// the next wait of the loop that hosts it, and with that the thread.
/// </summary>
internal sealed class Interruption
{
    private const int Outside = 0;
    private const int InUserCode = 1;
    private const int Interrupting = 2;
    private const int Interrupted = 3;

    private int state = Outside;

    /// <summary>Called on the thread.</summary>
    public void EnterUserCode() => Volatile.Write(ref this.state, InUserCode);

    /// <summary>Called on the thread. Nothing in it blocks, unless an interrupt has to be taken.</summary>
    public void LeaveUserCode()
    {
        if (Volatile.Read(ref this.state) == Outside)
        {
            return;
        }

        while (Interlocked.CompareExchange(ref this.state, Outside, InUserCode) != InUserCode)
        {
            if (Interlocked.CompareExchange(ref this.state, Outside, Interrupted) == Interrupted)
            {
                TakeInterrupt();
                return;
            }

            Thread.SpinWait(1);
        }
    }

    /// <summary>Called on the thread, between one piece of user code and the next: an interrupt of the one is not for the other.</summary>
    public void ChangeUserCode()
    {
        if (Volatile.Read(ref this.state) != InUserCode)
        {
            this.LeaveUserCode();
            this.EnterUserCode();
        }
    }

    /// <summary>Called on any other thread, by one at a time. False if the thread is not in user code.</summary>
    public bool TryInterrupt(Thread thread)
    {
        if (Interlocked.CompareExchange(ref this.state, Interrupting, InUserCode) != InUserCode
            && Interlocked.CompareExchange(ref this.state, Interrupting, Interrupted) != Interrupted)
        {
            return false;
        }

        thread.Interrupt();
        Volatile.Write(ref this.state, Interrupted);
        return true;
    }

    private static void TakeInterrupt()
    {
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // This is where it is to end.
        }
    }
}
