using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch;

namespace Desk;

/// <summary>The worker's own work. It begins when the launches are ready, since it was added after them.</summary>
internal sealed class Worker([FromKeyedServices("desk")] LaunchHandle desk) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Console.WriteLine($"Open {desk.Address}");
        return Task.CompletedTask;
    }
}
