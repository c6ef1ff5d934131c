namespace SafeLaunch.Readiness;

/// <summary>One wait for <see cref="LaunchOptions.ReadyWhen"/>.</summary>
internal sealed class ReadinessWatch(LaunchContext context, Func<LaunchContext, CancellationToken, Task> readyWhen, Task delegateEnded)
{
    /// <summary>
    /// A probe may find a server before the delegate that started it has returned. It has this long to do so, and otherwise
    /// counts as blocking, and its return as the end of the launch.
    /// </summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a probe may take to report its last error.</summary>
    private static readonly TimeSpan LastWordTime = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource cancelled = new();
    private volatile Task probe = Task.CompletedTask;

    /// <summary>A probe that can look before the launch has begun; null for other code.</summary>
    public IReadyProbe? ReadyProbe => readyWhen.Target as IReadyProbe;

    public bool IsCancelled => this.cancelled.IsCancellationRequested;

    public async Task WaitAsync()
    {
        this.probe = Task.Run(
            () => readyWhen(context, this.cancelled.Token)
                ?? throw new LaunchException($"Launch '{context.Name}': {nameof(LaunchOptions.ReadyWhen)} returned null in place of a task. Return a task."),
            this.cancelled.Token);
        await this.probe.ConfigureAwait(false);
        await delegateEnded.EndsWithinAsync(SettleTime).ConfigureAwait(false);
    }

    /// <summary>The launch no longer waits for it.</summary>
    public void Cancel() => this.cancelled.CancelElsewhereAsync().Forget();

    /// <summary>Cancels it. Ends with its last error, or null.</summary>
    public async Task<Exception?> GiveUpAsync()
    {
        this.Cancel();
        await this.probe.EndsWithinAsync(LastWordTime).ConfigureAwait(false);
        return this.probe.IsFaulted ? this.probe.Exception!.InnerException : null;
    }
}
