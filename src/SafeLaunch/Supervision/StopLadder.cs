using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Stops a launch, step by step. docs/stop.md describes the steps, with the time that each has.</summary>
internal sealed class StopLadder
{
    private static readonly TimeSpan InterruptInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an idle thread may take to run the queued work, or to leave.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a server that was asked to end may go on answering.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(1);

    private readonly LaunchRun run;
    private readonly StopBudget budget;
    private readonly StopSteps steps;
    private readonly AppHostStop appHosts;
    private readonly StopRemains remains = new();

    public StopLadder(LaunchRun run)
    {
        this.run = run;
        this.budget = new(run.Options.StopTimeout, run.Options.InterruptAfter ?? run.Options.StopTimeout);
        this.steps = new(run.Name, this.budget, run.Errors);
        this.appHosts = new(run, this.steps, this.budget);
    }

    private bool IsDelegateLeft => this.run.Thread is not null && !this.run.DelegateEnded.IsCompleted;

    /// <summary>Takes all steps, each in its own try. Never fails.</summary>
    public async Task<LaunchOutcome> StopAsync(EndCause cause)
    {
        await this.TryAsync(this.AskToStopAsync).ConfigureAwait(false);
        await this.TryAsync(this.EndDelegateAsync).ConfigureAwait(false);
        await this.TryAsync(this.appHosts.FinishAsync).ConfigureAwait(false);
        await this.TryAsync(this.DisposeReturnedAsync).ConfigureAwait(false);
        await this.TryAsync(this.FindAnsweringAddressAsync).ConfigureAwait(false);
        await this.TryAsync(this.EndQueueAsync).ConfigureAwait(false);
        await this.TryAsync(this.steps.FinishSharesAsync).ConfigureAwait(false);
        await this.TryAsync(this.CloseLaunchHostAsync).ConfigureAwait(false);
        await this.TryAsync(this.CloseThreadAsync).ConfigureAwait(false);
        this.remains.IsDelegateLeft = this.IsDelegateLeft;
        return new OutcomeWriter(this.run).Write(cause, this.remains);
    }

    private async Task TryAsync(Func<Task> stepAsync)
    {
        try
        {
            await stepAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            this.run.Errors.Add(e);
        }
    }

    private async Task AskToStopAsync()
    {
        await this.steps.ShareAsync("a callback registered with Stopping", this.run.CancelStoppingAsync()).ConfigureAwait(false);
        await this.steps.ShareAsync("asking the app hosts to stop", this.run.Hosts.StopApplicationsAsync()).ConfigureAwait(false);
        await this.steps.ShareAsync(nameof(LaunchOptions.StopWith), this.StopWithAsync()).ConfigureAwait(false);
    }

    private async Task EndDelegateAsync()
    {
        var besideDelegate = this.appHosts.StopBesideDelegateAsync();
        await this.EndAsync(this.HasDelegateEndedAsync).ConfigureAwait(false);
        await besideDelegate.ConfigureAwait(false);
    }

    private Task DisposeReturnedAsync() =>
        this.steps.UntilAsync("disposing of what the delegate returned", this.run.DisposeReturnedAsync(), this.budget.Interrupted);

    private Task EndQueueAsync() => this.IsDelegateLeft ? Task.CompletedTask : this.EndAsync(this.HasQueueRunAsync);

    private Task StopWithAsync()
    {
        if (this.run.Options.StopWith is not { } stopWith || !this.run.HasDelegateBegun)
        {
            return Task.CompletedTask;
        }

        return Task.Run(async () =>
        {
            using var timeIsOver = new CancellationTokenSource(this.budget.Graceful.Remaining);
            await stopWith(timeIsOver.Token).ConfigureAwait(false);
        });
    }

    /// <summary>Waits until the code of the launch thread has ended by itself, and then interrupts it again and again.</summary>
    private async Task EndAsync(Func<Deadline, Task<bool>> hasEndedAsync)
    {
        if (await hasEndedAsync(this.budget.InterruptsFrom).ConfigureAwait(false))
        {
            return;
        }

        this.run.Interrupt();
        this.run.Logger.Interrupting(this.run.Name, this.budget.InterruptAfter, this.run.Thread!.Id);
        do
        {
            // An interrupt ends one wait, and waits may be nested.
            this.run.Thread.Context.Interrupt();
            if (await hasEndedAsync(Deadline.After(InterruptInterval)).ConfigureAwait(false))
            {
                return;
            }
        }
        while (!this.budget.Interrupted.HasPassed);
    }

    private Task<bool> HasDelegateEndedAsync(Deadline deadline) =>
        this.run.Thread is null ? Task.FromResult(true) : this.run.DelegateEnded.EndsWithinAsync(deadline.Remaining);

    /// <summary>Whether the queued work has run in time, or only the processor keeps it from running.</summary>
    private async Task<bool> HasQueueRunAsync(Deadline deadline)
    {
        if (this.run.Thread is not { Context.IsIdle: false } thread)
        {
            return true;
        }

        var queued = thread.Context.InvokeAsync(() => Task.FromResult(true));
        queued.Forget();
        var hasRun = await queued.EndsWithinAsync(deadline.NoSoonerThan(LeaveTime).Remaining).ConfigureAwait(false) || !thread.Context.IsInUserCode;
        this.remains.IsThreadStuck = !hasRun;
        return hasRun;
    }

    /// <summary>A server may go on that no host and no token of the launch reaches, or whose stop hangs.</summary>
    private async Task FindAnsweringAddressAsync()
    {
        if (this.run.WasInterrupted || this.steps.HasReported || this.run.Hosts.Snapshot.Count == 0)
        {
            this.remains.Address = await AnsweringAddress.FindAsync(this.run.Addresses, this.budget.Interrupted.NoLaterThan(AnswerTime)).ConfigureAwait(false);
        }
    }

    private async Task CloseLaunchHostAsync()
    {
        if (this.run.LaunchHost.Close() is not { } host)
        {
            return;
        }

        var context = this.run.Thread!.Context;
        if (this.IsDelegateLeft || this.remains.IsThreadStuck)
        {
            // The services of the host then stop on the thread pool.
            context.Close();
        }

        this.remains.IsLaunchHostLeft = !await this.steps.UntilAsync(
            "its own host",
            context.RunAsync(() => HostShutdown.StopAndDisposeAsync(host, this.budget.LaunchHost)),
            this.budget.LaunchHost).ConfigureAwait(false);
    }

    private async Task CloseThreadAsync()
    {
        if (this.run.Thread is not { } thread)
        {
            return;
        }

        var exit = thread.CloseAsync();
        exit.Forget();
        var time = this.IsDelegateLeft || this.remains.IsAnything ? LeaveTime : this.budget.Final.Remaining;
        this.remains.IsThreadStuck = !await exit.EndsWithinAsync(time).ConfigureAwait(false) && thread.Context.IsInUserCode;
    }
}
