namespace SafeLaunch.Supervision;

/// <summary>The first steps of a stop: they ask the launched code to end.</summary>
internal sealed class StopRequest
{
    private const string Asking = "asking the app hosts to stop";

    private readonly LaunchRun run;
    private readonly Task<(Task Callbacks, bool HasAsked)> request;

    private StopRequest(LaunchRun run)
    {
        this.run = run;

        var asked = Task.Run(this.Ask);
        this.request = run.Hosts.Snapshot.Count == 0 ? asked : AfterHostsAsync(asked);
    }

    /// <summary>
    /// Cancels Stopping and asks the app hosts to stop. The caller may hold a lock, or be a UI thread or a finalizer, so that all this goes to
    /// the thread pool: callbacks of the app are no code of SafeLaunch.
    /// </summary>
    public static StopRequest Begin(LaunchRun run) => new(run);

    /// <summary>Waits for the callbacks and the app hosts, and calls StopWith, each with its share of the time.</summary>
    public async Task FinishAsync(StopSteps steps, StopBudget budget)
    {
        await this.FinishAskingAsync(steps).ConfigureAwait(false);
        await steps.ShareAsync(nameof(LaunchOptions.StopWith), this.StopWithAsync(budget)).ConfigureAwait(false);
    }

    /// <summary>It is one visit to the pool unless callbacks of Stopping take their time first.</summary>
    private async Task FinishAskingAsync(StopSteps steps)
    {
        await steps.ShareAsync(Asking, this.request).ConfigureAwait(false);
        await steps.ShareAsync("a callback registered with Stopping", this.CallbacksAsync()).ConfigureAwait(false);
        if (this.request.Status != TaskStatus.RanToCompletion || !(await this.request.ConfigureAwait(false)).HasAsked)
        {
            await steps.ShareAsync(Asking, Task.Run(this.run.Hosts.StopApplications)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The code that waits for the shutdown of a host is queued on the pool thread that asks. The stop goes on from the queue that all threads
    /// of the pool share, so that the host goes first.
    /// </summary>
    private static Task<T> AfterHostsAsync<T>(Task<T> asked) =>
        asked.ContinueWith(static asked => asked, CancellationToken.None, TaskContinuationOptions.PreferFairness, TaskScheduler.Default).Unwrap();

    private async Task CallbacksAsync() => await (await this.request.ConfigureAwait(false)).Callbacks.ConfigureAwait(false);

    private (Task Callbacks, bool HasAsked) Ask()
    {
        HostStartWatch.LookAtEnd(this.run);
        var callbacks = this.run.CancelStoppingAsync();
        var hasAsked = callbacks.IsCompleted;
        if (hasAsked)
        {
            this.run.Hosts.StopApplications();
        }

        return (callbacks, hasAsked);
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
