using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace SafeLaunch.Tests.Threading;

/// <summary>A call that blocks its thread until another thread releases it: a row of the table of the runtimes.</summary>
/// <param name="Name">How the table names it.</param>
/// <param name="Make">Prepares one call: what blocks, and what releases that.</param>
internal sealed record BlockingCallRow(string Name, Func<(Action Block, Action Release)> Make)
{
    public static IReadOnlyList<BlockingCallRow> Waits { get; } =
    [
        new("`Task.Wait`, `Result`, `GetResult`", () => OfTask(task => task.Wait())),
        new("`WaitOne`", () => OfEvents(events => events[0].WaitOne())),
        new("`WaitAny`", () => OfEvents(events => WaitHandle.WaitAny(events))),
        new("`WaitAll`", () => OfEvents(events => WaitHandle.WaitAll(events))),
        new("`ManualResetEventSlim.Wait`", () =>
        {
            var gate = new ManualResetEventSlim();
            return (() => gate.Wait(), gate.Set);
        }),
        new("`SemaphoreSlim.Wait`", () =>
        {
            var semaphore = new SemaphoreSlim(0);
            return (() => semaphore.Wait(), () => semaphore.Release());
        }),
        new("`BlockingCollection.Take`", () =>
        {
            var items = new BlockingCollection<int>();
            return (() => items.Take(), () => items.Add(1));
        }),
        new("`Monitor.Wait`", OfMonitorWait),
        new("`Thread.Join`", () =>
        {
            var gate = new ManualResetEventSlim();
            var thread = new Thread(() => gate.Wait()) { IsBackground = true };
            thread.Start();
            return (thread.Join, gate.Set);
        }),
        new("`Thread.Sleep`", () => (() => Thread.Sleep(TimeSpan.FromMilliseconds(500)), () => { })),
        new("`WaitHandle.SignalAndWait`", () => OfEvents(events => WaitHandle.SignalAndWait(events[0], events[1]))),
    ];

    public static IReadOnlyList<BlockingCallRow> Locks { get; } =
    [
        new("`lock`", () => OfMonitor(new object(), Lock)),
        new("`Monitor.TryEnter`", () => OfMonitor(new object(), monitor => Monitor.TryEnter(monitor, Gate.Patience))),
        new("a synchronized method", () => OfMonitor(new Synchronized(), monitor => monitor.Enter())),
        new("`System.Threading.Lock`", OfNewLock),
        new("`ReaderWriterLockSlim`, for reading", () => OfLock(new ReaderWriterLockSlim(), gate => gate.EnterWriteLock(), gate => gate.ExitWriteLock(), gate => gate.EnterReadLock())),
        new("`ReaderWriterLockSlim`, for writing", () => OfLock(new ReaderWriterLockSlim(), gate => gate.EnterWriteLock(), gate => gate.ExitWriteLock())),
        new("`ReaderWriterLock`", () => OfLock(new ReaderWriterLock(), gate => gate.AcquireWriterLock(Timeout.Infinite), gate => gate.ReleaseWriterLock())),
        new("`Lazy<T>.Value`", () =>
        {
            var (isMaking, isReleased) = (new ManualResetEventSlim(), new ManualResetEventSlim());
            var lazy = new Lazy<bool>(() =>
            {
                isMaking.Set();
                isReleased.Wait();
                return true;
            });
            new Thread(() => _ = lazy.Value) { IsBackground = true }.Start();
            isMaking.Pass();
            return (() => _ = lazy.Value, isReleased.Set);
        }),
    ];

    public override string ToString() => this.Name;

    private static (Action Block, Action Release) OfTask(Action<Task> block)
    {
        var source = new TaskCompletionSource();
        return (() => block(source.Task), source.SetResult);
    }

    private static (Action Block, Action Release) OfEvents(Action<WaitHandle[]> block)
    {
        var events = Enumerable.Range(0, 2).Select(_ => new ManualResetEvent(initialState: false)).ToArray();
        return (() => block([.. events]), () => Array.ForEach(events, one => one.Set()));
    }

    private static (Action Block, Action Release) OfMonitorWait()
    {
        var monitor = new object();
        return (
            () =>
            {
                lock (monitor)
                {
                    Monitor.Wait(monitor);
                }
            },
            () =>
            {
                lock (monitor)
                {
                    Monitor.PulseAll(monitor);
                }
            });
    }

    private static (Action Block, Action Release) OfMonitor<T>(T monitor, Action<T> block)
        where T : class => OfLock(monitor, Monitor.Enter, Monitor.Exit, block);

    private static void Lock(object monitor)
    {
        lock (monitor)
        {
        }
    }

    // The name is bound at run time: the tests for .NET 8 run on .NET 9 too, which has the class.
    private static (Action Block, Action Release) OfNewLock()
    {
        if (typeof(object).Assembly.GetType("System.Threading.Lock") is not { } type || type.GetMethod("EnterScope") is null)
        {
            // Mono has another class of that name.
            throw new NotSupportedException();
        }

        return OfLock(Activator.CreateInstance(type)!, gate => Call(gate, "Enter"), gate => Call(gate, "Exit"));

        static void Call(object gate, string method) => ((Action)Delegate.CreateDelegate(typeof(Action), gate, method))();
    }

    private static (Action Block, Action Release) OfLock<T>(T gate, Action<T> enter, Action<T> exit, Action<T>? block = null)
    {
        var (isHeld, isReleased) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var holder = new Thread(() =>
        {
            enter(gate);
            isHeld.Set();
            isReleased.Wait();
            exit(gate);
        }) { IsBackground = true };
        holder.Start();
        isHeld.Pass();
        return (() => (block ?? enter)(gate), isReleased.Set);
    }

    private sealed class Synchronized
    {
        private int entered;

        [MethodImpl(MethodImplOptions.Synchronized)]
        public void Enter() => this.entered++;
    }
}
