using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Faults;

/// <summary>A background service that goes wrong once the launch is ready.</summary>
internal sealed class FaultyBackgroundService(FaultScene scene) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before .NET 10 a service begins on the thread that starts its host, which is blocked by then.
        await scene.Ready.ConfigureAwait(false);
        await scene.StrikeAsync(stoppingToken).ConfigureAwait(false);
    }
}
