using Nito.AsyncEx;

namespace SafeLaunch.Threading;

/// <summary>The one thread of a launch, and the context that it serves.</summary>
internal sealed class LaunchThread
{
    private readonly AsyncContextThread host = new();
    private Thread? thread;

    /// <summary>Starts the thread, in the execution context of the caller.</summary>
    /// <param name="name">The name of the thread.</param>
    /// <param name="waitsPump">Whether blocking waits on the thread serve the context's queue.</param>
    /// <param name="observer">Gets the reports of the context until that is released.</param>
    /// <param name="afterEnd">Gets the reports of the context after that.</param>
    /// <param name="unservedWorkTimeout">How long queued work may wait for one piece of launched code before the observer is notified.</param>
    public LaunchThread(string name, bool waitsPump, IContextObserver observer, AfterEnd afterEnd, TimeSpan unservedWorkTimeout)
    {
        this.Context = new(this.host.Factory, waitsPump, observer, afterEnd, unservedWorkTimeout, thread =>
        {
            thread.Name = name;
            Volatile.Write(ref this.thread, thread);
        });
    }

    public LaunchSynchronizationContext Context { get; }

    /// <summary>0 until the first work item runs.</summary>
    public int Id => Volatile.Read(ref this.thread)?.ManagedThreadId ?? 0;

    /// <summary>Whether it waits, sleeps or acquires a lock in .NET, at this moment.</summary>
    public bool IsBlocked => Volatile.Read(ref this.thread)?.ThreadState.HasFlag(ThreadState.WaitSleepJoin) == true;

    /// <summary>Ends the thread once its current work is done; work that is still queued goes to the thread pool.</summary>
    /// <returns>Ends with the thread, also where an exception has ended that.</returns>
    public Task CloseAsync()
    {
        this.Context.Close();

        // The thread has to end its own loop: from another thread, JoinAsync completes the loop's queue while the thread may
        // already leave and dispose of it, and then throws ObjectDisposedException. It is also the faster way, since the thread
        // sees a task at once, while the completion reaches it through a cancelled token and two exceptions.
        if (!this.Context.IsCurrentThread)
        {
            using (ExecutionContextFlow.Suppress())
            {
#pragma warning disable CA2008 // The factory has the scheduler of the thread.
                _ = this.host.Factory.StartNew(static host => ((AsyncContextThread)host!).Dispose(), this.host);
#pragma warning restore CA2008
            }
        }

        return this.host.JoinAsync();
    }
}
