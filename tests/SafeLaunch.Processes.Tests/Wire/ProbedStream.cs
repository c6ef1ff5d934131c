namespace SafeLaunch.Processes.Tests.Wire;

/// <summary>A connection that tells when it is read and when it is closed.</summary>
/// <param name="read">What a read does before it gives the bytes.</param>
/// <param name="bytes">The bytes that can be read.</param>
internal sealed class ProbedStream(Func<Task> read, byte[] bytes) : MemoryStream(bytes)
{
    private readonly TaskCompletionSource reading = Gate.NewSource();
    private readonly TaskCompletionSource closed = Gate.NewSource();

    public ProbedStream(Func<Task> read)
        : this(read, [])
    {
    }

    public ProbedStream(byte[] bytes)
        : this(() => Task.CompletedTask, bytes)
    {
    }

    public Task Reading => this.reading.Task;

    public Task Closed => this.closed.Task;

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        this.reading.TrySetResult();
        await read();
        return this.Read(buffer, offset, count);
    }

    protected override void Dispose(bool disposing)
    {
        this.closed.TrySetResult();
        base.Dispose(disposing);
    }
}
