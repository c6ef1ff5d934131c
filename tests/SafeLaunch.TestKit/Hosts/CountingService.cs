using Microsoft.Extensions.Hosting;

namespace SafeLaunch.TestKit;

/// <summary>Counts what a host does with its services.</summary>
internal sealed class CountingService : IHostedLifecycleService
{
    private readonly TaskCompletionSource stopped = Gate.NewSource();
    private int starts;
    private int stoppings;
    private int stops;
    private int stoppeds;

    public Task Stopped => this.stopped.Task;

    public IEnumerable<int> Steps => [this.starts, this.stoppings, this.stops, this.stoppeds];

    /// <summary>What each step is counted by now, as a test says it.</summary>
    public static IEnumerable<int> OnceEach => [1, 1, 1, 1];

    public static IEnumerable<int> OnlyStarted => [1, 0, 0, 0];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Count(ref this.starts);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Count(ref this.stoppings);

    public Task StopAsync(CancellationToken cancellationToken) => Count(ref this.stops);

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        this.stopped.TrySetResult();
        return Count(ref this.stoppeds);
    }

    private static Task Count(ref int counter)
    {
        Interlocked.Increment(ref counter);
        return Task.CompletedTask;
    }
}
