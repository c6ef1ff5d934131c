using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Legacy;

/// <summary>Knows who stops the hosted services of a legacy web host: they are stopped once.</summary>
internal sealed class LegacyStop : IHostedService
{
    private int hasBegun;

    /// <summary>False where the stop has begun.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref this.hasBegun, 1) == 0;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The host stops, after its server, and by its own code; this comes before most other services.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        this.TryBegin();
        return Task.CompletedTask;
    }
}
