using System.Diagnostics;

namespace SafeLaunch.TestKit;

/// <summary>Measures how late this machine runs due work, timers and thread pool included, from the construction on.</summary>
internal sealed class MachineLag : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private volatile bool isOver;
    private long ticks;

    public MachineLag() => _ = this.MeasureAsync();

    public TimeSpan Total => new(Interlocked.Read(ref this.ticks));

    public void Dispose() => this.isOver = true;

    private async Task MeasureAsync()
    {
        while (!this.isOver)
        {
            var clock = Stopwatch.StartNew();
            await Task.Delay(Period).ConfigureAwait(false);
            Interlocked.Add(ref this.ticks, (clock.Elapsed - Period).Ticks);
        }
    }
}
