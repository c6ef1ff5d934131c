using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>Asks of each wait of its thread what kind it is.</summary>
internal sealed class LookingContext : SynchronizationContext
{
    private readonly bool expected;
    private readonly ManualResetEventSlim isLookedAt;
    private bool isLooking;

    /// <param name="expected">The answer to wait for.</param>
    /// <param name="isLookedAt">Set when that answer has come, since some waits enter locks themselves.</param>
    public LookingContext(bool expected, ManualResetEventSlim isLookedAt)
    {
        this.expected = expected;
        this.isLookedAt = isLookedAt;
        this.SetWaitNotificationRequired();
    }

    public List<bool> Answers { get; } = [];

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        if (!this.isLooking)
        {
            this.isLooking = true;
            var answer = BlockingCall.IsPlainWait(typeof(LookingContext));
            this.Answers.Add(answer);
            if (answer == this.expected)
            {
                this.isLookedAt.Set();
            }

            this.isLooking = false;
        }

        return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
    }
}
