using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch.InHost;

namespace SafeLaunch.Systemd;

/// <summary>Tells systemd of a host and its launches. The host has started when its launches are ready, and lives until all of them have stopped.</summary>
internal sealed class SystemdService(IHostApplicationLifetime lifetime, IServiceProvider services, ILogger<SystemdService> logger) : IHostedService, IDisposable
{
    private readonly SystemdUnit unit = new(() => logger);
    private readonly CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopped);
    private CancellationTokenRegistration onStarted;
    private CancellationTokenRegistration onStopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        this.onStarted = lifetime.ApplicationStarted.Register(this.unit.TellReady);
        this.onStopping = lifetime.ApplicationStopping.Register(this.unit.TellStopping);
        _ = this.unit.WatchAsync(this.FindHung, this.end.Token);
        return Task.CompletedTask;
    }

    /// <summary>Other services and launches may stop after this one, and take their time.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        this.onStarted.Dispose();
        this.onStopping.Dispose();
        this.end.Cancel();
        this.end.Dispose();
    }

    private string? FindHung() =>
        services.GetService<HostedLaunches>()?.Launches.FirstOrDefault(launch => launch.UnservedWork is not null)?.Name;
}
