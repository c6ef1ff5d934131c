using Microsoft.Extensions.Hosting;

namespace SafeLaunch.TestKit;

/// <summary>Faults when its gate is opened.</summary>
internal sealed class FaultingService(Exception exception) : BackgroundService
{
    private readonly TaskCompletionSource opened = Gate.NewSource();

    public void Open() => this.opened.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the launch thread, which may be blocked.
        await this.opened.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
        throw exception;
    }
}
