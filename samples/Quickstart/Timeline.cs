using System.Collections.Immutable;
using System.Diagnostics;
using SafeLaunch;

namespace Quickstart;

/// <summary>What the program has done so far, in milliseconds since its start. The main thread writes it, and the requests of the page read it.</summary>
internal sealed class Timeline
{
    private const long Heartbeat = 500;
    private const long Kept = 60_000;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private volatile TaskCompletionSource relaunch = NewRelaunch();

    public long Now => this.clock.ElapsedMilliseconds;

    public int MainThread { get; } = Environment.CurrentManagedThreadId;

    public int BeatCount { get; private set; }

    public ImmutableList<long> Beats { get; private set; } = [];

    public ImmutableList<Launch> Launches { get; private set; } = [];

    /// <summary>Gets a task that ends when the page asks for a new launch.</summary>
    public Task RelaunchIsWanted => this.relaunch.Task;

    public void WantRelaunch() => this.relaunch.TrySetResult();

    /// <summary>Waits for a task on the main thread, which goes on beating, as a main thread that has work to do.</summary>
    public T BeatUntil<T>(Task<T> task)
    {
        while (Task.WaitAny([task], this.UntilNextBeat()) < 0)
        {
            this.Beat();
        }

        return task.GetAwaiter().GetResult();
    }

    public void BeatFor(TimeSpan time) => _ = this.BeatUntil(Task.WhenAny(Task.Delay(time)));

    public void Begin()
    {
        this.relaunch = NewRelaunch();
        this.Launches = this.Launches.Add(new(this.Now, To: null, Outcome: null));
    }

    public void End(LaunchOutcome outcome) =>
        this.Launches = this.Launches.SetItem(this.Launches.Count - 1, this.Launches[^1] with { To = this.Now, Outcome = outcome.ToString() });

    private static TaskCompletionSource NewRelaunch() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int UntilNextBeat() => (int)Math.Max(0, (this.Beats.IsEmpty ? 0 : this.Beats[^1] + Heartbeat) - this.Now);

    private void Beat()
    {
        this.BeatCount++;
        this.Beats = this.Beats.RemoveAll(beat => beat < this.Now - Kept).Add(this.Now);
    }

    /// <summary>A launch of the page.</summary>
    /// <param name="From">When it was ready.</param>
    /// <param name="To">When it had ended; null until then.</param>
    /// <param name="Outcome">How it ended; null until then.</param>
    internal sealed record Launch(long From, long? To, string? Outcome);
}
