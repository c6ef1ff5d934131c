using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Faults;

/// <summary>A hosted service, one of whose methods is to go wrong.</summary>
internal sealed class FaultyService : IHostedService, IDisposable
{
    public Func<CancellationToken, Task> Start { get; init; } = _ => Task.CompletedTask;

    public Func<CancellationToken, Task> Stop { get; init; } = _ => Task.CompletedTask;

    public Action Disposal { get; init; } = () => { };

    public Task StartAsync(CancellationToken cancellationToken) => this.Start(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => this.Stop(cancellationToken);

    public void Dispose() => this.Disposal();
}
