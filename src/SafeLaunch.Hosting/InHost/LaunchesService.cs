using Microsoft.Extensions.Hosting;

namespace SafeLaunch.InHost;

/// <summary>Starts and stops the launches with their host.</summary>
internal sealed class LaunchesService(HostedLaunches launches) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => this.StartAsync(LaunchStart.BeforeServices, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => this.StartAsync(LaunchStart.WithServices, cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => this.StartAsync(LaunchStart.AfterStarted, cancellationToken);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var drained = launches.DrainAsync(cancellationToken);
        await launches.StopAsync(LaunchStart.AfterStarted, cancellationToken).ConfigureAwait(false);

        // The host may serve the health checks, and stops its own server next.
        await drained.ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => launches.StopAsync(LaunchStart.WithServices, cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => launches.StopAsync(LaunchStart.BeforeServices, cancellationToken);

    private async Task StartAsync(LaunchStart start, CancellationToken cancellationToken)
    {
        try
        {
            await launches.StartAsync(start, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // A host whose start fails stops nothing by itself.
            await launches.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
