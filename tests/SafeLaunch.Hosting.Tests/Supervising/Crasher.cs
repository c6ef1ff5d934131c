using System.Threading.Channels;

namespace SafeLaunch.Hosting.Tests.Supervising;

/// <summary>A launch delegate whose runs crash when the test says so.</summary>
internal sealed class Crasher
{
    private readonly Channel<TaskCompletionSource<Exception?>> runs = Channel.CreateUnbounded<TaskCompletionSource<Exception?>>();
    private int count;

    public int Count => Volatile.Read(ref this.count);

    /// <summary>Ready, and then runs until it crashes, returns or is stopped.</summary>
    public async Task RunAsync(LaunchContext context)
    {
        Interlocked.Increment(ref this.count);
        var end = Gate.NewSource<Exception?>();
        context.SignalReady();
        this.runs.Writer.TryWrite(end);
        if (await end.Task.WaitAsync(context.Stopping) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Waits for the next run to be ready, and crashes it.</summary>
    public async Task CrashAsync(string message = "crash") => (await this.NextAsync()).TrySetResult(new InvalidOperationException(message));

    /// <summary>Waits for the next run to be ready, and lets it return.</summary>
    public async Task ReturnAsync() => (await this.NextAsync()).TrySetResult(null);

    /// <summary>Waits for the next run to be ready.</summary>
    public Task<TaskCompletionSource<Exception?>> NextAsync() => this.runs.Reader.ReadAsync().AsTask().Within();
}
