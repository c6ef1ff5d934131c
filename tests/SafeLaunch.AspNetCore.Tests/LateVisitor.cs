using Microsoft.Extensions.Hosting;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>Does something when its host has been asked to stop and its web server still listens.</summary>
internal sealed class LateVisitor(Func<Task> visit) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => visit();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
