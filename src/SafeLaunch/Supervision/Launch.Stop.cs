using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <content>The stop ladder. docs/stop.md describes it, with the time that each step has.</content>
internal sealed partial class Launch
{
    private static readonly TimeSpan InterruptInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the code that runs a host may take from being told to stop to stopping it.</summary>
    private static readonly TimeSpan StopBegins = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an idle thread takes at the most to run what is queued, or to leave.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromMilliseconds(100);

    private volatile bool wasInterrupted;
    private bool isThreadStuck;

    private async Task<LaunchOutcome> StopAsync(Ending reason)
    {
        var isAbandoned = true;
        try
        {
            isAbandoned = !await this.TakeStopStepsAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            this.errors.Add(e);
        }

        return this.CreateOutcome(reason, isAbandoned);
    }

    /// <summary>False if the thread or the delegate had to be left behind.</summary>
    private async Task<bool> TakeStopStepsAsync()
    {
        var budget = new StopBudget(this.Name, this.options.StopTimeout, this.errors);
        await budget.StepAsync("a callback registered with Stopping", this.stopping.CancelElsewhereAsync()).ConfigureAwait(false);
        await budget.StepAsync("asking the launched hosts to stop", this.StopApplicationsAsync()).ConfigureAwait(false);
        await budget.StepAsync(nameof(LaunchOptions.StopWith), this.StopWithAsync(budget)).ConfigureAwait(false);

        var hasEnded = await this.HasDelegateEndedAsync(budget.Graceful).ConfigureAwait(false)
            || await this.InterruptAsync(budget, this.HasDelegateEndedAsync).ConfigureAwait(false);
        await this.StopLeftHostsAsync(budget).ConfigureAwait(false);
        await budget.FinalStepAsync("disposing of what the delegate returned", this.DisposeReturnedAsync(), budget.Interrupted).ConfigureAwait(false);
        hasEnded = hasEnded && (await this.HasQueueRunAsync(budget.Graceful.NoSoonerThan(LeaveTime)).ConfigureAwait(false)
            || await this.InterruptAsync(budget, this.HasQueueRunAsync).ConfigureAwait(false));
        await budget.CollectUnfinishedAsync().ConfigureAwait(false);

        hasEnded = await this.CloseOwnHostAsync(budget, onItsThread: hasEnded).ConfigureAwait(false) && hasEnded;
        return await this.CloseThreadAsync(budget, isFree: hasEnded).ConfigureAwait(false);
    }

    private Task StopApplicationsAsync() => this.hosts?.StopApplicationsAsync() ?? Task.CompletedTask;

    private Task StopWithAsync(StopBudget budget)
    {
        if (this.options.StopWith is not { } stopWith || !this.hasDelegateBegun)
        {
            return Task.CompletedTask;
        }

        return Task.Run(async () =>
        {
            using var timeIsOver = new CancellationTokenSource(budget.Graceful.Remaining);
            await stopWith(timeIsOver.Token).ConfigureAwait(false);
        });
    }

    private Task DisposeReturnedAsync()
    {
        var server = Interlocked.Exchange(ref this.returned, null);
        return Disposal.IsNeeded(server) ? Task.Run(() => Disposal.DisposeAsync(server)) : Task.CompletedTask;
    }

    /// <summary>A delegate that was abandoned may return a server after all, and nobody else could end it then.</summary>
    private async Task DisposeLateAsync()
    {
        try
        {
            await this.DisposeReturnedAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            this.errors.Add(e);
        }
    }

    private Task<bool> HasDelegateEndedAsync(Deadline deadline) =>
        this.thread is null ? Task.FromResult(true) : this.delegateEnded.Task.EndsWithinAsync(deadline.Remaining);

    /// <summary>Whether the queued work has run in time, or nothing but the processor keeps it from running.</summary>
    private async Task<bool> HasQueueRunAsync(Deadline deadline)
    {
        if (this.thread is not { Context.IsIdle: false } launchThread)
        {
            return true;
        }

        var queued = launchThread.Context.InvokeAsync(() => Task.FromResult(true));
        queued.Forget();
        return await queued.EndsWithinAsync(deadline.Remaining).ConfigureAwait(false) || !launchThread.Context.IsInUserCode;
    }

    // Again and again: an interrupt ends one wait, and they may be nested.
    private async Task<bool> InterruptAsync(StopBudget budget, Func<Deadline, Task<bool>> hasEndedAsync)
    {
        this.wasInterrupted = true;
        this.logger.Interrupting(this.Name, this.options.StopTimeout, this.Thread.Id);
        do
        {
            this.Thread.Context.Interrupt();
            if (await hasEndedAsync(Deadline.After(InterruptInterval)).ConfigureAwait(false))
            {
                return true;
            }
        }
        while (!budget.Interrupted.HasPassed);

        return false;
    }

    /// <summary>
    /// Stops the hosts that nobody is parked in. One that somebody is parked in stops by itself and must not be stopped twice:
    /// whoever ran it is given a moment to begin.
    /// </summary>
    private async Task StopLeftHostsAsync(StopBudget budget)
    {
        // One moment for all of them, since all have been told at once.
        var moment = Deadline.After(StopBegins);
        foreach (var launched in this.LaunchedHosts.Where(host => host.IsLive).Reverse())
        {
            var stop = await launched.StopBegun.EndsWithinAsync(moment.Remaining).ConfigureAwait(false)
                ? launched.Ended
                : Task.Run(() => StopAsync(launched.Host!));
            await budget.FinalStepAsync("a launched host", stop, budget.Interrupted).ConfigureAwait(false);
        }

        async Task StopAsync(IHost host)
        {
            using var timeIsOver = new CancellationTokenSource(HostShutdown.LongestWithin(budget.Interrupted.Remaining));
            try
            {
                await host.StopAsync(timeIsOver.Token).ConfigureAwait(false);
            }
            finally
            {
                // Nobody else will: the delegate has ended, and did not stop it either.
                await Disposal.DisposeAsync(host).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> CloseOwnHostAsync(StopBudget budget, bool onItsThread)
    {
        if (this.ownHost.Close() is not { } host)
        {
            return true;
        }

        var launchContext = this.Thread.Context;
        if (!onItsThread)
        {
            // Its services then stop on the thread pool.
            launchContext.Close();
        }

        return await budget.FinalStepAsync("its own host", launchContext.RunAsync(StopAndDisposeAsync), budget.OwnHost).ConfigureAwait(false);

        async Task StopAndDisposeAsync()
        {
            using var timeIsOver = new CancellationTokenSource(HostShutdown.LongestWithin(budget.OwnHost.Remaining));
            try
            {
                await host.StopAsync(timeIsOver.Token).ConfigureAwait(false);
            }
            finally
            {
                await Disposal.DisposeAsync(host).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> CloseThreadAsync(StopBudget budget, bool isFree)
    {
        if (this.thread is not { } launchThread)
        {
            return true;
        }

        var exit = launchThread.CloseAsync();
        exit.Forget();
        this.isThreadStuck = !await exit.EndsWithinAsync(isFree ? budget.Final.Remaining : LeaveTime).ConfigureAwait(false)
            && launchThread.Context.IsInUserCode;
        return isFree && !this.isThreadStuck;
    }

    private LaunchOutcome CreateOutcome(Ending reason, bool isAbandoned)
    {
        var threadId = this.thread?.Id ?? 0;
        var sentence = reason.Reason;
        if (isAbandoned)
        {
            var left = this.delegateEnded.Task.IsCompleted ? "Its own host" : "The task of its delegate";
            sentence += this.isThreadStuck
                ? $" It did not end within {this.options.StopTimeout}, not even interrupted; its thread '{this.Name}' ({threadId}) was abandoned."
                : $" {left} did not end within {this.options.StopTimeout} and was abandoned; its thread '{this.Name}' ({threadId}) is free.";
            this.logger.Abandoned(this.Name, sentence);
        }
        else if (this.wasInterrupted)
        {
            sentence += $" It did not end within {this.options.StopTimeout}; its thread was interrupted.";
        }

        var isCrash = reason.Kind == LaunchOutcomeKind.Crashed;
        return new(
            isAbandoned && !isCrash ? LaunchOutcomeKind.Abandoned : reason.Kind,
            sentence,
            isCrash ? reason.Exception : this.errors.ToException($"Launch '{this.Name}' met several errors while it ended."),
            this.Name,
            threadId,
            this.clock.Elapsed);
    }

    private void Finish(Ending reason, LaunchOutcome outcome)
    {
        lock (this.gate)
        {
            this.state = LaunchState.Ended;
        }

        // It may have come after the step that disposes of it, and before the state that says so.
        _ = this.DisposeLateAsync();
        this.scope.Release();
        this.thread?.Context.Release();
        this.logger.Ended(this.Name, outcome);
        this.completion.TrySetResult(outcome);
        this.started.TrySetException(
            reason.Exception ?? new OperationCanceledException($"Launch '{this.Name}' was stopped before it was ready. {reason.Reason}"));
    }
}
