using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>The deadlines of one stop. docs/stop.md has them as a table.</summary>
/// <param name="stopTimeout">How long the launched code may take to end by itself.</param>
/// <param name="interruptAfter">When its thread is interrupted, at the latest with <paramref name="stopTimeout"/>.</param>
internal sealed class StopBudget(TimeSpan stopTimeout, TimeSpan interruptAfter)
{
    /// <summary>How long after <see cref="Graceful"/> an interrupted thread may take to end.</summary>
    private static readonly TimeSpan InterruptTime = TimeSpan.FromSeconds(1);

    /// <summary>How long after <see cref="Graceful"/> a step whose token is cancelled then may take to end.</summary>
    private static readonly TimeSpan LastWordTime = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the delegate may take, after it was asked to stop, to begin to stop the hosts that it started.</summary>
    private static readonly TimeSpan LongestHandOver = TimeSpan.FromSeconds(1);

    /// <summary>The share of a step: a step that hangs leaves time for the next ones.</summary>
    public TimeSpan Step { get; } = TimeSpan.FromTicks(stopTimeout.Ticks / 4);

    public TimeSpan HandOver => this.Step < LongestHandOver ? this.Step : LongestHandOver;

    /// <summary>Half of the time for the launched code to end by itself.</summary>
    public Deadline Half { get; } = Deadline.After(TimeSpan.FromTicks(stopTimeout.Ticks / 2));

    public TimeSpan InterruptAfter { get; } = interruptAfter;

    /// <summary>From then on the launch thread is interrupted.</summary>
    public Deadline InterruptsFrom { get; } = Deadline.After(interruptAfter);

    /// <summary>Until then the launched code may end by itself.</summary>
    public Deadline Graceful { get; } = Deadline.After(stopTimeout);

    /// <summary>Until then the steps that have run beside others may end.</summary>
    public Deadline LastWord => this.Graceful.Plus(LastWordTime);

    public Deadline Interrupted => this.Graceful.Plus(InterruptTime);

    /// <summary>From then on an app host is disposed of, though its stop has not ended.</summary>
    public Deadline Disposal => this.Graceful.Plus(InterruptTime - LastWordTime);

    /// <summary>Until then the launch host may stop.</summary>
    public Deadline LaunchHost => this.Interrupted.Plus(TimeSpan.FromMilliseconds(500));

    /// <summary>The bound of the whole, less the time to report it.</summary>
    public Deadline Final => this.LaunchHost.Plus(TimeSpan.FromMilliseconds(250));
}
