using System.Diagnostics;

namespace Quickstart;

/// <summary>
/// Counts on the thread that built it, one click at a time. Its lock and its scheduler are made while the page is launched and
/// first used by the first click: on a bare thread there is no context to make them of, and on a blocked thread no loop serves it.
/// </summary>
internal sealed class ClickCounter : IDisposable
{
    /// <summary>How long a click holds the lock: long enough for a person to see the next one wait.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(400);

    private readonly SemaphoreSlim oneAtATime = new(initialCount: 1);
    private readonly TaskScheduler home = TaskScheduler.FromCurrentSynchronizationContext();
    private int count;

    public async Task<Click> AddAsync(CancellationToken cancellationToken)
    {
        var sent = Stopwatch.StartNew();
        await this.oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var waited = sent.Elapsed;
            await Task.Delay(Work, cancellationToken);
            return await Task.Factory.StartNew(() => this.Add(waited), cancellationToken, TaskCreationOptions.DenyChildAttach, this.home);
        }
        finally
        {
            this.oneAtATime.Release();
        }
    }

    public void Dispose() => this.oneAtATime.Dispose();

    private Click Add(TimeSpan waited) => new(++this.count, Thread.CurrentThread.Name, Environment.CurrentManagedThreadId, waited.TotalSeconds);

    /// <summary>A click that has been counted.</summary>
    /// <param name="Number">Its number in this launch.</param>
    /// <param name="Thread">The name of the thread that counted it.</param>
    /// <param name="ThreadId">The managed id of that thread.</param>
    /// <param name="Waited">The seconds that it waited for the lock.</param>
    internal sealed record Click(int Number, string? Thread, int ThreadId, double Waited);
}
