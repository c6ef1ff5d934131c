using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Faults;

/// <summary>A background service that goes wrong while it runs.</summary>
internal sealed class FaultyBackgroundService(Func<CancellationToken, Task> execute) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => execute(stoppingToken);
}
