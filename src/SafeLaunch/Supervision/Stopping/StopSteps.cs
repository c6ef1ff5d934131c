using SafeLaunch.Threading;

namespace SafeLaunch.Supervision;

/// <summary>Waits for the steps of a stop, each within its time, and collects the errors that they meet.</summary>
internal sealed class StopSteps(string launch, StopBudget budget, ErrorList errors)
{
    private readonly List<(string Name, Task Task)> unfinished = [];

    /// <summary>Whether a step did not end in time.</summary>
    public bool HasReported { get; private set; }

    /// <summary>Waits for a step, for its share of the time. If it takes longer, it goes on beside the next steps.</summary>
    public async Task ShareAsync(string name, Task step)
    {
        // A step that was cancelled because the time is over has not done its work.
        if (await budget.EndsByAsync(step, budget.NewShare()).ConfigureAwait(false) && !(step.IsCanceled && budget.Graceful.HasPassed))
        {
            this.Collect(step);
        }
        else
        {
            this.unfinished.Add((name, step));
        }
    }

    /// <summary>Waits for a step until the deadline. Returns false, and reports it, if it has not ended by then.</summary>
    public async Task<bool> UntilAsync(string name, Task step, Func<Deadline> deadline)
    {
        var hasEnded = await this.UntilAsync(step, deadline).ConfigureAwait(false);
        if (!hasEnded)
        {
            this.ReportLate(name, step);
        }

        return hasEnded;
    }

    /// <summary>Waits until the deadline for a step that is late only because of one that was reported. Returns whether it has ended.</summary>
    public async Task<bool> UntilAsync(Task step, Func<Deadline> deadline)
    {
        var hasEnded = await budget.EndsByAsync(step, deadline).ConfigureAwait(false);
        if (hasEnded)
        {
            this.Collect(step);
        }
        else
        {
            step.Forget();
        }

        return hasEnded;
    }

    /// <summary>Waits for the steps that took longer than their share.</summary>
    public async Task FinishSharesAsync()
    {
        foreach (var (name, task) in this.unfinished)
        {
            if (await budget.EndsByAsync(task, () => budget.LastWord).ConfigureAwait(false) && !task.IsCanceled)
            {
                this.Collect(task);
            }
            else
            {
                this.ReportLate(name, task);
            }
        }
    }

    /// <summary>Reports a step that has not ended in time.</summary>
    private void ReportLate(string name, Task task)
    {
        this.HasReported = true;
        task.Forget();
        errors.Add(new LaunchTimeoutException($"Launch '{launch}': {name} had not ended when the time for the stop was over. Make it end sooner, or {budget.Remedy}."));
    }

    private void Collect(Task ended)
    {
        if (ended.Exception is { } exception)
        {
            // Flat, since the callbacks of a token come wrapped in one more exception.
            foreach (var inner in exception.Flatten().InnerExceptions.Where(inner => inner is not OperationCanceledException))
            {
                errors.Add(inner);
            }
        }
    }
}
