using Microsoft.Extensions.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Hosting;

/// <summary>
/// Runs a hosted service of the launch host on the launch thread. A host awaits its services one after another outside of any
/// context: without this only the first of them would be sure to start there.
/// </summary>
/// <remarks>A background service, so that the host goes on watching <see cref="ExecuteTask"/> if the service is one.</remarks>
internal sealed class ContextHostedService(IHostedService service, LaunchSynchronizationContext context)
    : BackgroundService, IHostedLifecycleService
{
    public override Task? ExecuteTask => (service as BackgroundService)?.ExecuteTask;

    public override Task StartAsync(CancellationToken cancellationToken) => this.RunAsync(service.StartAsync, cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken) => this.RunAsync(service.StopAsync, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) =>
        service is IHostedLifecycleService lifecycle ? this.RunAsync(lifecycle.StartingAsync, cancellationToken) : Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) =>
        service is IHostedLifecycleService lifecycle ? this.RunAsync(lifecycle.StartedAsync, cancellationToken) : Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        service is IHostedLifecycleService lifecycle ? this.RunAsync(lifecycle.StoppingAsync, cancellationToken) : Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        service is IHostedLifecycleService lifecycle ? this.RunAsync(lifecycle.StoppedAsync, cancellationToken) : Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;

    private Task RunAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken) =>
        context.RunAsync(() => step(cancellationToken));
}
