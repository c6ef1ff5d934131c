using SafeLaunch;

namespace Front;

/// <summary>Launches a program behind the proxy, and replaces it by a new launch of the same without losing a request.</summary>
internal sealed class BlueGreen(Launcher launcher) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private Backend? current;

    /// <summary>Gives a request the backend of the moment, which is not stopped before the request has ended.</summary>
    public Backend BeginRequest()
    {
        lock (this.gate)
        {
            var backend = this.current ?? throw new InvalidOperationException("Nothing is launched yet.");
            backend.BeginRequest();
            return backend;
        }
    }

    /// <summary>Starts the next launch, gives it all requests from then on, and stops the one before.</summary>
    public async Task RelaunchAsync()
    {
        var next = new Backend(await launcher.StartAsync());
        await this.ReplaceByAsync(next);
    }

    public async ValueTask DisposeAsync() => await this.ReplaceByAsync(next: null);

    private async Task ReplaceByAsync(Backend? next)
    {
        Backend? previous;
        lock (this.gate)
        {
            (previous, this.current) = (this.current, next);
        }

        if (previous is not null)
        {
            await previous.DisposeAsync();
        }
    }
}
