using System.Collections.Concurrent;
using SafeLaunch;
using Published;

namespace CoreProgram;

/// <summary>Each wait here can only end by work that the blocked thread itself has to run.</summary>
internal static class Waits
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void Check(WarningLog log)
    {
        var task = new TaskCompletionSource();
        using var slim = new ManualResetEventSlim();
        using var first = new ManualResetEvent(initialState: false);
        using var second = new ManualResetEvent(initialState: false);
        using var semaphore = new SemaphoreSlim(0);
        using var items = new BlockingCollection<int>();
        var monitor = new object();

        using var handle = Launcher.For(
            context =>
            {
                Serves("Task.Wait", task.SetResult, () => task.Task.Wait(Patience));
                Serves("ManualResetEventSlim.Wait", slim.Set, () => slim.Wait(Patience));
                Serves("WaitOne", () => first.Set(), () => first.WaitOne(Patience));
                first.Reset();
                Serves("WaitAny", () => first.Set(), () => WaitHandle.WaitAny([second, first], Patience) == 1);
                Serves("WaitAll", () => second.Set(), () => WaitHandle.WaitAll([first, second], Patience));
                Serves("SemaphoreSlim.Wait", () => semaphore.Release(), () => semaphore.Wait(Patience));
                Serves("BlockingCollection.TryTake", () => items.Add(1), () => items.TryTake(out _, Patience));
                Serves("Monitor.Wait", () => PulseAll(monitor), () => WaitOn(monitor));

                using var end = new ManualResetEventSlim();
                var thread = new Thread(() => end.Wait());
                thread.Start();
                Serves("Thread.Join", end.Set, () => thread.Join(Patience));

                void Serves(string wait, Action release, Func<bool> block)
                {
                    context.SynchronizationContext.Post(_ => release(), state: null);
                    Checked.That(block(), $"{wait} serves posted work");
                }
            },
            options => options.LoggerFactory = log).Start();
    }

    private static void PulseAll(object monitor)
    {
        lock (monitor)
        {
            Monitor.PulseAll(monitor);
        }
    }

    private static bool WaitOn(object monitor)
    {
        lock (monitor)
        {
            return Monitor.Wait(monitor, Patience);
        }
    }
}
