using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Leaves the thread and comes back to its context in each step.</summary>
internal sealed class AwaitingService(string name, ConcurrentQueue<string> steps) : IHostedService
{
    public ConcurrentQueue<int> Threads { get; } = [];

    public ConcurrentQueue<SynchronizationContext?> Contexts { get; } = [];

    public Task StartAsync(CancellationToken cancellationToken) => this.StepAsync("starts", "has started");

    public Task StopAsync(CancellationToken cancellationToken) => this.StepAsync("stops", "has stopped");

    private async Task StepAsync(string before, string after)
    {
        this.Record(before);
        await Task.Run(() => { });
        await Task.Yield();
        this.Record(after);
    }

    private void Record(string what)
    {
        this.Threads.Enqueue(Environment.CurrentManagedThreadId);
        this.Contexts.Enqueue(SynchronizationContext.Current);
        steps.Enqueue($"{name} {what}");
    }
}
