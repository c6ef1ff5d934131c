using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>The deadlines of one stop. docs/stop.md has them as a table. They come sooner once the grace has ended.</summary>
/// <param name="stopTimeout">How long the launched code may take to end by itself.</param>
/// <param name="interruptAfter">When its thread is interrupted, at the latest with <paramref name="stopTimeout"/>.</param>
/// <param name="grace">May end before <paramref name="stopTimeout"/> is over.</param>
internal sealed class StopBudget(TimeSpan stopTimeout, TimeSpan interruptAfter, Grace grace)
{
    private readonly Deadline begun = Deadline.After(TimeSpan.Zero);
    private readonly TimeSpan share = TimeSpan.FromTicks(stopTimeout.Ticks / 4);

    /// <summary>Half of the time for the launched code to end by itself.</summary>
    public Deadline Half => this.Within(TimeSpan.FromTicks(stopTimeout.Ticks / 2));

    /// <summary>From then on the launch thread is interrupted.</summary>
    public Deadline InterruptsFrom => this.Within(interruptAfter);

    /// <summary>Until then the launched code may end by itself.</summary>
    public Deadline Graceful => this.Within(stopTimeout);

    /// <summary>Until then the steps that have run beside others may end.</summary>
    public Deadline LastWord => this.Graceful.Plus(StopTimes.LastWord);

    public Deadline Interrupted => this.Graceful.Plus(StopTimes.InterruptFor);

    /// <summary>From then on an app host is disposed of, though its stop has not ended.</summary>
    public Deadline Disposal => this.Graceful.Plus(StopTimes.InterruptFor - StopTimes.LastWord);

    /// <summary>Until then the launch host may stop.</summary>
    public Deadline LaunchHost => this.Interrupted.Plus(StopTimes.LaunchHost);

    /// <summary>The bound of the whole, less the time to report it.</summary>
    public Deadline Final => this.LaunchHost.Plus(StopTimes.Thread);

    /// <summary>How long the launched code has had until its thread was interrupted.</summary>
    public TimeSpan TimeUntilInterrupt => this.InterruptsFrom.Since(this.begun);

    /// <summary>How long the launched code has had to end by itself.</summary>
    public TimeSpan GraceTime => this.Graceful.Since(this.begun);

    /// <summary>What gives the launched code more time.</summary>
    public string Remedy => grace.Ended.IsCancellationRequested
        ? $"cancel the token of {nameof(LaunchHandle.StopAsync)} later"
        : $"raise {nameof(LaunchOptions.StopTimeout)}";

    /// <summary>
    /// The end of the share of a step that begins now: a step that hangs leaves time for the next ones. A step has a moment also where the
    /// grace has ended, so that code is asked to end before its thread is interrupted.
    /// </summary>
    public Func<Deadline> NewShare()
    {
        var (end, moment) = (Deadline.After(this.share), Deadline.After(this.share < StopTimes.Moment ? this.share : StopTimes.Moment));
        return () => grace.Cut(end).NoSoonerThan(moment);
    }

    /// <summary>The end of the time that the delegate has, from now, to begin to stop the hosts that it started.</summary>
    public Func<Deadline> NewHandOver()
    {
        var end = Deadline.After(this.share < StopTimes.LongestHandOver ? this.share : StopTimes.LongestHandOver);
        return () => grace.Cut(end);
    }

    /// <summary>Cancelled when a deadline comes, and at the latest when the grace ends. The caller disposes of it.</summary>
    public CancellationTokenSource CancelledAt(Deadline deadline)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(grace.TimeIsOver);
        source.CancelAfter(deadline.Remaining);
        return source;
    }

    /// <summary>Waits until a task ends, however it ends, but no longer than to a deadline, which is asked for again when the grace ends.</summary>
    /// <returns>Whether it has ended.</returns>
    public async Task<bool> EndsByAsync(Task task, Func<Deadline> deadline) =>
        task.IsCompleted
        || await task.EndsWithinAsync(deadline().Remaining, grace.Ended).ConfigureAwait(false)
        || (grace.Ended.IsCancellationRequested && await task.EndsWithinAsync(deadline().Remaining).ConfigureAwait(false));

    // The grace may have ended before the stop began.
    private Deadline Within(TimeSpan time) => grace.Cut(this.begun.Plus(time)).NoSoonerThan(this.begun);
}
