namespace SafeLaunch.Servers;

/// <summary>Keeps too many servers from starting at once, which would only make each of them late.</summary>
/// <param name="count">How many may start at once.</param>
internal sealed class StartSlots(int count)
{
    private readonly SemaphoreSlim free = new(count);

    public static StartSlots OfProcess { get; } = new(Math.Min(2 * Environment.ProcessorCount, 8));

    public int Count => count;

    /// <summary>How long a start waits for its turn. Bounded, since a server that starts may wait for another that has to start.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the caller's turn.</summary>
    /// <returns>To be disposed of when the start has ended.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken) =>
        await this.free.WaitAsync(this.Patience, cancellationToken).ConfigureAwait(false) ? new Slot(this.free) : new Slot(null);

    private sealed class Slot(SemaphoreSlim? free) : IDisposable
    {
        public void Dispose() => free?.Release();
    }
}
