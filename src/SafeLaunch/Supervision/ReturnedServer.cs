using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Supervision;

/// <summary>The server that a delegate returned, until it is disposed of.</summary>
internal sealed class ReturnedServer(ErrorList errors)
{
    private object? server;

    /// <summary>Whether there is a server that the stop disposes of. An app host counts as a host.</summary>
    public bool IsHeld => Volatile.Read(ref this.server) is { } held && Disposal.IsNeeded(held) && held is not IHost;

    public void Keep(object? result) => Volatile.Write(ref this.server, result);

    /// <summary>Disposes of the server, on the thread pool. Does nothing the second time.</summary>
    public Task DisposeAsync()
    {
        var held = Interlocked.Exchange(ref this.server, null);
        return Disposal.IsNeeded(held) ? Task.Run(() => Disposal.DisposeAsync(held)) : Task.CompletedTask;
    }

    /// <summary>A delegate that was abandoned may return a server after all, and no other code could end it then.</summary>
    public async Task DisposeLateAsync()
    {
        try
        {
            await this.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            errors.Add(e);
        }
    }
}
