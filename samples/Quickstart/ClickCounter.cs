namespace Quickstart;

/// <summary>
/// Counts on the thread that built it, one click at a time. Its lock and its scheduler are made while the page is launched and
/// first used by the first click: on a bare thread there is no context to make them of, and on a blocked thread no loop serves it.
/// </summary>
internal sealed class ClickCounter : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(initialCount: 1);
    private readonly TaskScheduler home = TaskScheduler.FromCurrentSynchronizationContext();
    private int count;

    public async Task<string> AddAsync(CancellationToken cancellationToken)
    {
        await this.oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(this.Add, cancellationToken, TaskCreationOptions.DenyChildAttach, this.home);
        }
        finally
        {
            this.oneAtATime.Release();
        }
    }

    public void Dispose() => this.oneAtATime.Dispose();

    private string Add() => $"Click {++this.count}, counted on thread '{Thread.CurrentThread.Name}' ({Environment.CurrentManagedThreadId})";
}
