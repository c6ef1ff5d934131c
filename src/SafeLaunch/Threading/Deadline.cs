using System.Diagnostics;

namespace SafeLaunch.Threading;

/// <summary>A point on the monotonic clock that several waits may share.</summary>
internal readonly struct Deadline
{
    private const long Never = long.MaxValue;

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

            var ticks = this.timestamp - Stopwatch.GetTimestamp();
            return ticks <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)ticks / Stopwatch.Frequency);
        }
    }

    /// <summary>Rounded up, so that a wait for it never ends before the deadline does.</summary>
    public int RemainingMilliseconds
    {
        get
        {
            var remaining = this.Remaining;
            return remaining == Timeout.InfiniteTimeSpan
                ? Timeout.Infinite
                : (int)Math.Min(int.MaxValue, Math.Ceiling(remaining.TotalMilliseconds));
        }
    }

    public Deadline NoSoonerThan(TimeSpan timeout) => new(Math.Max(this.timestamp, After(timeout).timestamp));

    public Deadline Plus(TimeSpan more) =>
        this.timestamp == Never ? this : new(this.timestamp + (long)(more.TotalSeconds * Stopwatch.Frequency));
}
