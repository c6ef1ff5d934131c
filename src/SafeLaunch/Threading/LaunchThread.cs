using Nito.AsyncEx;

namespace SafeLaunch.Threading;

/// <summary>The one thread of a launch, and the context that it serves.</summary>
internal sealed class LaunchThread
{
    private readonly AsyncContextThread host = new();
    private Thread? thread;

    /// <summary>Starts the thread, in the execution context of the caller.</summary>
    public LaunchThread(string name, bool waitsPump, IContextObserver observer)
    {
        this.Context = new(this.host.Factory, waitsPump, observer, thread =>
        {
            thread.Name = name;
            Volatile.Write(ref this.thread, thread);
        });
    }

    public LaunchSynchronizationContext Context { get; }

    /// <summary>0 until the first work item runs.</summary>
    public int Id => Volatile.Read(ref this.thread)?.ManagedThreadId ?? 0;

    /// <summary>Lets the thread go once it is done with what it runs; what is still queued goes to the thread pool.</summary>
    /// <returns>Ends with the thread, whatever ended it.</returns>
    public Task CloseAsync()
    {
        this.Context.Close();
        return this.host.JoinAsync();
    }
}
