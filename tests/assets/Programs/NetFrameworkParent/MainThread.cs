using System.Collections.Concurrent;

namespace NetFrameworkParent;

/// <summary>Stands for the main thread of the host, on which alone its API may be called.</summary>
internal sealed class MainThread : IDisposable
{
    private readonly BlockingCollection<Action> work = new();

    /// <summary>Lets the main thread call a function.</summary>
    public Task<string> InvokeAsync(Func<string> function)
    {
        var result = new Task<string>(function);
        this.work.Add(result.RunSynchronously);
        return result;
    }

    /// <summary>Does the work that comes, on the thread that calls this, until the end.</summary>
    public void Run()
    {
        foreach (var action in this.work.GetConsumingEnumerable())
        {
            action();
        }
    }

    public void End() => this.work.CompleteAdding();

    public void Dispose() => this.work.Dispose();
}
