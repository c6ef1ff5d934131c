namespace BlazorApp;

/// <summary>Counts the clicks of all visitors, one at a time.</summary>
internal sealed class ClickCounter : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(initialCount: 1);

    public int Count { get; private set; }

    public async Task AddAsync()
    {
        await this.oneAtATime.WaitAsync();
        try
        {
            // Stands in for a store that takes its time: without the lock, clicks that come together would count as one.
            var before = this.Count;
            await Task.Delay(TimeSpan.FromMilliseconds(10));
            this.Count = before + 1;
        }
        finally
        {
            this.oneAtATime.Release();
        }
    }

    public void Dispose() => this.oneAtATime.Dispose();
}
