using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Faults;

/// <summary>A background service that goes wrong once the launch is ready.</summary>
internal sealed class FaultyBackgroundService(FaultScene scene) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await scene.Ready;
        await scene.StrikeAsync(stoppingToken);
    }
}
