using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>A host lifetime that leaves the console and its signals to the process.</summary>
/// <param name="onStarting">Called first in each start of the host, on the thread that starts it.</param>
internal sealed class SilentLifetime(Action onStarting) : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        onStarting();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
