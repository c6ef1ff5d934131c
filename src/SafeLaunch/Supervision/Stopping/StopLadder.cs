using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Stops a launch, step by step. docs/stop.md describes the steps, with the time that each has.</summary>
internal sealed class StopLadder
{
    private readonly LaunchRun run;
    private readonly StopRequest request;
    private readonly StopBudget budget;
    private readonly StopSteps steps;
    private readonly AppHostStop appHosts;
    private readonly StopRemains remains = new();

    private StopLadder(LaunchRun run)
    {
        this.run = run;

        // First, since the thread pool takes a moment to begin.
        this.request = StopRequest.Begin(run);
        this.budget = new(run.Options.StopTimeout, run.Options.InterruptAfter ?? run.Options.StopTimeout, run.Grace);
        this.steps = new(run.Name, this.budget, run.Errors);
        this.appHosts = new(run, this.steps, this.budget);
    }

    private bool IsDelegateLeft => this.run.Thread is not null && !this.run.HasDelegateEnded;

    /// <summary>Takes all steps, each in its own try. Never fails.</summary>
    public static Task<LaunchOutcome> StopAsync(LaunchRun run, EndCause cause) => new StopLadder(run).StopAsync(cause);

    private async Task<LaunchOutcome> StopAsync(EndCause cause)
    {
        this.run.FlowLog.Write(logger => logger.Ending(this.run.Name, cause.Sentence));
        await this.TryAsync(() => this.request.FinishAsync(this.steps, this.budget)).ConfigureAwait(false);
        await this.TryAsync(this.EndDelegateAsync).ConfigureAwait(false);
        await this.TryAsync(this.appHosts.FinishAsync).ConfigureAwait(false);
        await this.TryAsync(this.DisposeReturnedAsync).ConfigureAwait(false);
        await this.TryAsync(this.FindAnsweringAddressAsync).ConfigureAwait(false);
        await this.TryAsync(this.EndQueueAsync).ConfigureAwait(false);
        await this.TryAsync(this.steps.FinishSharesAsync).ConfigureAwait(false);
        await this.TryAsync(this.CloseLaunchHostAsync).ConfigureAwait(false);
        await this.TryAsync(this.CloseThreadAsync).ConfigureAwait(false);
        this.remains.IsDelegateLeft = this.IsDelegateLeft;
        return new OutcomeWriter(this.run, this.budget).Write(cause, this.remains);
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

    private async Task EndDelegateAsync()
    {
        // A delegate that has just returned is not to be interrupted where the grace has ended already.
        var (handOver, moment) = (this.budget.NewHandOver(), Deadline.After(this.run.HasDelegateReturned ? StopTimes.Moment : TimeSpan.Zero));
        if (await this.HasDelegateEndedAsync(() => handOver().NoLaterThan(this.budget.InterruptsFrom).NoSoonerThan(moment)).ConfigureAwait(false))
        {
            return;
        }

        var besideDelegate = this.TryAsync(() => this.appHosts.StopBesideDelegateAsync(handOver));
        await this.TryAsync(() => this.EndAsync(this.HasDelegateEndedAsync)).ConfigureAwait(false);
        await besideDelegate.ConfigureAwait(false);
    }

    private Task DisposeReturnedAsync() =>
        this.steps.UntilAsync("disposing of what the delegate returned", this.run.Returned.DisposeAsync(), () => this.budget.Interrupted);

    private Task EndQueueAsync() => this.IsDelegateLeft ? Task.CompletedTask : this.EndAsync(this.HasQueueRunAsync);

    /// <summary>Waits until the code of the launch thread has ended by itself, and then interrupts it again and again.</summary>
    private async Task EndAsync(Func<Func<Deadline>, Task<bool>> hasEndedAsync)
    {
        if (await hasEndedAsync(() => this.budget.InterruptsFrom).ConfigureAwait(false))
        {
            return;
        }

        this.run.NoteInterrupt();
        var (after, threadId) = (this.budget.TimeUntilInterrupt, this.run.Thread!.Id);
        this.run.FlowLog.Write(logger => logger.Interrupting(this.run.Name, after, threadId));
        do
        {
            this.run.Thread.Context.Interrupt();
            var next = Deadline.After(StopTimes.InterruptEvery);
            if (await hasEndedAsync(() => next).ConfigureAwait(false))
            {
                return;
            }
        }
        while (!this.budget.Interrupted.HasPassed);
    }

    private Task<bool> HasDelegateEndedAsync(Func<Deadline> deadline) =>
        this.run.Thread is null ? Task.FromResult(true) : this.budget.EndsByAsync(this.run.DelegateEnded, deadline);

    /// <summary>Whether the queued work has run in time, or only the processor keeps it from running.</summary>
    private async Task<bool> HasQueueRunAsync(Func<Deadline> deadline)
    {
        if (this.run.Thread is not { Context.IsIdle: false } thread)
        {
            return true;
        }

        var queued = thread.Context.InvokeAsync(() => Task.FromResult(true));
        queued.Forget();
        var hasRun = await this.budget.EndsByAsync(queued, () => deadline().NoSoonerThan(StopTimes.Moment)).ConfigureAwait(false) || !thread.Context.IsInUserCode;
        this.remains.IsThreadStuck = !hasRun;
        return hasRun;
    }

    /// <summary>A server may go on that no host and no token of the launch reaches, or whose stop hangs.</summary>
    private async Task FindAnsweringAddressAsync()
    {
        if (this.run.WasInterrupted || this.steps.HasReported || this.run.Hosts.Snapshot.Count == 0)
        {
            this.remains.Address = await AnsweringAddress.FindAsync(this.run.Addresses, this.budget.Interrupted.NoLaterThan(StopTimes.Answers)).ConfigureAwait(false);
        }
    }

    private async Task CloseLaunchHostAsync()
    {
        if (this.run.LaunchHost.Close() is not { } host)
        {
            return;
        }

        // Earlier steps may have used up the time.
        var lastMoment = Deadline.After(StopTimes.Moment);
        var context = this.run.Thread?.Context;
        if (this.IsDelegateLeft || this.remains.IsThreadStuck)
        {
            // The services of the host then stop on the thread pool.
            context?.Close();
        }

        this.remains.IsLaunchHostLeft = !await this.steps.UntilAsync(
            "its launch host",
            context?.RunInTurnAsync(StopAsync) ?? Task.Run(StopAsync),
            () => this.budget.LaunchHost.NoSoonerThan(lastMoment)).ConfigureAwait(false);

        Task StopAsync() => HostShutdown.StopAndDisposeAsync(host, this.budget.LaunchHost, this.run.Grace.TimeIsOver);
    }

    private async Task CloseThreadAsync()
    {
        if (this.run.Thread is not { } thread)
        {
            return;
        }

        var exit = thread.CloseAsync();
        exit.Forget();
        if (thread.Context.IsCurrentThread)
        {
            // It has nothing left to run but the rest of the stop, and then its own end.
            return;
        }

        var time = this.IsDelegateLeft || this.remains.IsAnything ? StopTimes.Moment : this.budget.Final.Remaining;
        this.remains.IsThreadStuck = !await exit.EndsWithinAsync(time).ConfigureAwait(false) && thread.Context.IsInUserCode;
    }
}
