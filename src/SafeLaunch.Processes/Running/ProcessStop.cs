namespace SafeLaunch.Running;

/// <summary>Ends the process of a launch: asks it, waits, and in the end kills it. The kill is the last rung, and is in the outcome.</summary>
internal sealed class ProcessStop(OwnedProcess process, LaunchContext context, LogPump log)
{
    private readonly TaskCompletionSource<bool> killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int kills;

    /// <summary>Whether it was killed because it did not end.</summary>
    public bool HasKilled => Volatile.Read(ref this.kills) > 0;

    /// <summary>Waits until the process has ended; once it was killed, only as long as the system may need.</summary>
    public async Task WaitForEndAsync()
    {
        await Task.WhenAny(process.Exited, this.killed.Task).ConfigureAwait(false);
        await process.Exited.EndsWithinAsync(KillTimes.After).ConfigureAwait(false);
    }

    /// <param name="timeout">How long its code may take to end by itself.</param>
    /// <param name="margin">How long the process may take after that.</param>
    /// <param name="onTimeIsOver">Called when the time for its code is over.</param>
    /// <param name="timeIsOver">Ends that time.</param>
    public async Task WaitOrKillAsync(TimeSpan timeout, TimeSpan margin, Action onTimeIsOver, CancellationToken timeIsOver)
    {
        if (await process.Exited.EndsWithinAsync(timeout, timeIsOver).ConfigureAwait(false))
        {
            return;
        }

        onTimeIsOver();
        if (!await process.Exited.EndsWithinAsync(margin, CancellationToken.None).ConfigureAwait(false))
        {
            this.Kill(timeIsOver.IsCancellationRequested ? "It did not end when its time was over." : $"It did not end within {timeout}.");
        }
    }

    /// <param name="reason">One sentence for people.</param>
    public void Kill(string reason)
    {
        if (process.Exited.IsCompleted || Interlocked.Increment(ref this.kills) > 1)
        {
            return;
        }

        context.NoteKill($"{reason} Its process {process.Id} was killed, with all that it had started.");
        log.Write(logger => logger.Kills(context.Name, process.Id, reason));
        process.Kill();
        this.killed.TrySetResult(true);
    }
}
