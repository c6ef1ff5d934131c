using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>The time that one stop may take, shared by its steps, and the errors that they meet.</summary>
internal sealed class StopBudget(string launch, TimeSpan stopTimeout, ErrorList errors)
{
    /// <summary>How long after <see cref="Graceful"/> an interrupted thread may take to end.</summary>
    private static readonly TimeSpan InterruptTime = TimeSpan.FromSeconds(1);

    /// <summary>How long after <see cref="Graceful"/> a step that is told of it may take to end.</summary>
    private static readonly TimeSpan LastWordTime = TimeSpan.FromMilliseconds(250);

    /// <summary>A step that hangs leaves time for those after it.</summary>
    private readonly TimeSpan stepTime = TimeSpan.FromTicks(stopTimeout.Ticks / 4);

    private readonly List<(string Name, Task Task)> unfinished = [];

    /// <summary>Until then the launched code may end by itself.</summary>
    public Deadline Graceful { get; } = Deadline.After(stopTimeout);

    public Deadline Interrupted => this.Graceful.Plus(InterruptTime);

    /// <summary>Until then the own host may stop.</summary>
    public Deadline OwnHost => this.Interrupted.Plus(TimeSpan.FromMilliseconds(500));

    /// <summary>The bound of the whole, less what it takes to report it.</summary>
    public Deadline Final => this.OwnHost.Plus(TimeSpan.FromMilliseconds(250));

    /// <summary>Waits for a step, for its share of the time. One that takes longer goes on beside those after it.</summary>
    public async Task StepAsync(string name, Task step)
    {
        if (await step.EndsWithinAsync(this.stepTime).ConfigureAwait(false))
        {
            this.Collect(step);
        }
        else
        {
            this.unfinished.Add((name, step));
        }
    }

    /// <summary>Waits for the last kind of step, which has until the deadline and no longer. False if it did not end.</summary>
    public async Task<bool> FinalStepAsync(string name, Task step, Deadline deadline)
    {
        if (!await step.EndsWithinAsync(deadline.Remaining).ConfigureAwait(false))
        {
            this.Report(name, step);
            return false;
        }

        this.Collect(step);
        return true;
    }

    /// <summary>Waits for the steps that took longer than their share, for what is left of the stop time-out.</summary>
    public async Task CollectUnfinishedAsync()
    {
        var lastWord = this.Graceful.Plus(LastWordTime);
        foreach (var (name, task) in this.unfinished)
        {
            if (await task.EndsWithinAsync(lastWord.Remaining).ConfigureAwait(false) && !task.IsCanceled)
            {
                this.Collect(task);
            }
            else
            {
                this.Report(name, task);
            }
        }
    }

    private void Collect(Task ended)
    {
        if (ended.Exception is { } exception)
        {
            // Flat, since the callbacks of a token come wrapped once more.
            foreach (var inner in exception.Flatten().InnerExceptions.Where(inner => inner is not OperationCanceledException))
            {
                errors.Add(inner);
            }
        }
    }

    private void Report(string name, Task task)
    {
        task.Forget();
        errors.Add(new LaunchTimeoutException($"Launch '{launch}': {name} had not ended when the time for the stop was over. Make it end sooner, or raise {nameof(LaunchOptions.StopTimeout)}."));
    }
}
