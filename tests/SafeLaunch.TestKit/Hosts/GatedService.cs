using Microsoft.Extensions.Hosting;

namespace SafeLaunch.TestKit;

/// <summary>Starts when its gate is opened, and so holds back the start of its host.</summary>
internal sealed class GatedService : IHostedService
{
    private readonly TaskCompletionSource entered = Gate.NewSource();
    private readonly TaskCompletionSource opened = Gate.NewSource();

    public Task Entered => this.entered.Task;

    public void Open() => this.opened.TrySetResult();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        this.entered.TrySetResult();
        await this.opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
