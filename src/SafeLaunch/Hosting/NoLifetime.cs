using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>A host lifetime that leaves the console and its signals to the process.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
