using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Faults;

/// <summary>Something that begins and ends: a call, a server that is disposed of, or a host, as one of its services.</summary>
internal sealed class Life : IHostedService, IDisposable
{
    private readonly TaskCompletionSource begun = Gate.NewSource();
    private readonly TaskCompletionSource ended = Gate.NewSource();

    public Task Begun => this.begun.Task;

    public bool IsAlive => this.begun.Task.IsCompleted && !this.ended.Task.IsCompleted;

    public Life Begin()
    {
        this.begun.TrySetResult();
        return this;
    }

    public void Dispose() => this.ended.TrySetResult();

    /// <summary>Whether it ends, or never began.</summary>
    public async Task<bool> EndsAsync() =>
        !this.IsAlive || await Task.WhenAny(this.ended.Task, Task.Delay(Gate.Patience)) == this.ended.Task;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
