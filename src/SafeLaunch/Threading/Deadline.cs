using System.Diagnostics;

namespace SafeLaunch.Threading;

/// <summary>A point on the monotonic clock that several waits may share.</summary>
internal readonly struct Deadline
{
    private const long Never = long.MaxValue;

    private static readonly double TicksPerTimestamp = (double)TimeSpan.TicksPerSecond / Stopwatch.Frequency;

    private readonly long timestamp;

    private Deadline(long timestamp) => this.timestamp = timestamp;

    public static Deadline After(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan
            ? new(Never)
            : new(Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency));

    public static Deadline AfterMilliseconds(int timeout) => After(TimeSpan.FromMilliseconds(timeout));

    public bool HasPassed => this.timestamp != Never && Stopwatch.GetTimestamp() >= this.timestamp;

    /// <summary>Zero once it has passed, <see cref="Timeout.InfiniteTimeSpan"/> if it never will.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (this.timestamp == Never)
            {
                return Timeout.InfiniteTimeSpan;
            }

            // Rounded up: the rest is never zero before the deadline has passed, though the clock may be finer than a time span.
            var left = this.timestamp - Stopwatch.GetTimestamp();
            return left <= 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Ceiling(left * TicksPerTimestamp));
        }
    }

    /// <summary>
    /// Rounded up, so that a wait for it never ends before the deadline does. <see cref="Timeout.Infinite"/> if it never will:
    /// that is the -1 milliseconds of <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </summary>
    public int RemainingMilliseconds => (int)Math.Min(int.MaxValue, Math.Ceiling(this.Remaining.TotalMilliseconds));

    public Deadline NoSoonerThan(TimeSpan timeout) => new(Math.Max(this.timestamp, After(timeout).timestamp));

    public Deadline NoLaterThan(TimeSpan timeout) => new(Math.Min(this.timestamp, After(timeout).timestamp));

    public Deadline NoSoonerThan(Deadline other) => new(Math.Max(this.timestamp, other.timestamp));

    public Deadline NoLaterThan(Deadline other) => new(Math.Min(this.timestamp, other.timestamp));

    /// <summary>The time from another deadline to this one, neither of which is infinite.</summary>
    public TimeSpan Since(Deadline other) => TimeSpan.FromTicks((long)((this.timestamp - other.timestamp) * TicksPerTimestamp));

    public Deadline Plus(TimeSpan more) =>
        this.timestamp == Never ? this : new(this.timestamp + (long)(more.TotalSeconds * Stopwatch.Frequency));
}
