using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>The time of a stop in which the launched code may end by itself. A caller may end it before it is over.</summary>
internal sealed class Grace
{
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource timeIsOver = new();
    private Deadline end;
    private int isEnding;
    private volatile bool hasEnded;

    /// <summary>Cancelled once a caller has ended it. For the waits of the stop alone: a callback of launched code may block, and would hold them up.</summary>
    public CancellationToken Ended => this.ended.Token;

    /// <summary>Cancelled once a caller has ended it. For launched code.</summary>
    public CancellationToken TimeIsOver => this.timeIsOver.Token;

    /// <summary>Safe from any thread; runs no code of others.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref this.isEnding, 1) == 0)
        {
            // Before the token, since a wait that the token ends asks for it.
            this.end = Deadline.After(TimeSpan.Zero);
            this.hasEnded = true;
            this.ended.CancelElsewhereAsync().Forget();
            this.timeIsOver.CancelElsewhereAsync().Forget();
        }
    }

    /// <summary>The deadline, or the end of the grace where that came sooner.</summary>
    public Deadline Cut(Deadline deadline) => this.hasEnded ? deadline.NoLaterThan(this.end) : deadline;
}
