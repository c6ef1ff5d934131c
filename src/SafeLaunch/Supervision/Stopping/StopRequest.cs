namespace SafeLaunch.Supervision;

/// <summary>The first steps of a stop: they ask the launched code to end.</summary>
internal sealed class StopRequest
{
    private const string Asking = "asking the app hosts to stop";

    private readonly LaunchRun run;
    private readonly Task begun;
    private readonly TaskCompletionSource<Task> callbacks = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool hasAskedHosts;

    private StopRequest(LaunchRun run)
    {
        this.run = run;

        var begin = Task.Run(this.AskAtOnce);
        this.begun = run.Hosts.Snapshot.Count == 0 ? begin : AfterHostsAsync(begin);
    }

    /// <summary>
    /// Cancels Stopping and asks the app hosts to stop. The caller may hold a lock, or be a UI thread or a finalizer, so that all this goes to
    /// the thread pool: callbacks of the app are no code of SafeLaunch.
    /// </summary>
    public static StopRequest Begin(LaunchRun run) => new(run);

    /// <summary>Waits for the callbacks and the app hosts, and calls StopWith, each with its share of the time.</summary>
    public async Task FinishAsync(StopSteps steps, StopBudget budget)
    {
        await steps.ShareAsync(Asking, this.begun).ConfigureAwait(false);
        await steps.ShareAsync("a callback registered with Stopping", this.callbacks.Task.Unwrap()).ConfigureAwait(false);
        if (!this.hasAskedHosts)
        {
            // Each host is asked once. So this reaches the hosts behind one whose callback hangs in the first visit to the pool.
            await steps.ShareAsync(Asking, Task.Run(this.run.Hosts.StopApplications)).ConfigureAwait(false);
        }

        await steps.ShareAsync(nameof(LaunchOptions.StopWith), this.StopWithAsync(budget)).ConfigureAwait(false);
    }

    /// <summary>
    /// The code that waits for the shutdown of a host is queued on the pool thread that asks. The stop goes on from the queue that all threads
    /// of the pool share, so that the host goes first.
    /// </summary>
    private static Task AfterHostsAsync(Task asked) =>
        asked.ContinueWith(static asked => asked, CancellationToken.None, TaskContinuationOptions.PreferFairness, TaskScheduler.Default).Unwrap();

    /// <summary>A stop needs no second visit to the pool where no callback of Stopping takes its time.</summary>
    private void AskAtOnce()
    {
        HostStartWatch.LookAtEnd(this.run);
        var cancelled = this.run.CancelStoppingAsync();
        this.callbacks.SetResult(cancelled);
        if (cancelled.IsCompleted)
        {
            this.run.Hosts.StopApplications();
            this.hasAskedHosts = true;
        }
    }

    private Task StopWithAsync(StopBudget budget)
    {
        if (this.run.Options.StopActions.Count == 0 || !this.run.HasDelegateBegun)
        {
            return Task.CompletedTask;
        }

        return Task.Run(async () =>
        {
            using var timeIsOver = budget.CancelledAt(budget.Graceful);
            await StopActions.RunAsync(this.run.Options.StopActions, timeIsOver.Token).ConfigureAwait(false);
        });
    }
}
