using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>A clock that stands still until the test lets a delay pass.</summary>
internal sealed class Clock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> delays = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            this.delays.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>The next delay, which goes on.</summary>
    public Task<TimeSpan> DelayAsync() => this.delays.Reader.ReadAsync().AsTask().Within();

    /// <summary>Lets the next delay pass, and says how long it was.</summary>
    public async Task<TimeSpan> PassDelayAsync()
    {
        var delay = await this.DelayAsync();
        this.Advance(delay);
        return delay;
    }
}
