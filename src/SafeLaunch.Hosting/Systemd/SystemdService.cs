using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.InHost;

namespace SafeLaunch.Systemd;

/// <summary>Tells systemd of a host and its launches. The host has started when its launches are ready.</summary>
internal sealed class SystemdService(IHostApplicationLifetime lifetime, IServiceProvider services, ILogger<SystemdService> logger) : BackgroundService
{
    private readonly SystemdUnit unit = new(() => logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var onStarted = lifetime.ApplicationStarted.Register(this.unit.TellReady);
        using var onStopping = lifetime.ApplicationStopping.Register(this.unit.TellStopping);
        await this.unit.WatchAsync(this.FindHung, stoppingToken).ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private string? FindHung() =>
        services.GetService<HostedLaunches>()?.Launches.FirstOrDefault(launch => launch.UnservedWork is not null)?.Name;
}
