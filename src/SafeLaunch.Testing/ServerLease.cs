namespace SafeLaunch;

/// <summary>A share in a server, which runs at least as long as this. From <see cref="LaunchedServer.AcquireAsync"/>.</summary>
public sealed class ServerLease : IAsyncDisposable
{
    private Func<Task>? release;

    internal ServerLease(Func<Task> release) => this.release = release;

    /// <summary>Gives the share back; the last one to do so stops the server and waits for its end. Only the first call does anything.</summary>
    /// <returns>A task that ends once the share is given back, or the server has ended.</returns>
    /// <exception cref="LaunchException">The server crashed or was abandoned, as with <see cref="LaunchedServer.DisposeAsync"/>.</exception>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref this.release, value: null) is { } once ? new(once()) : default;
}
