using SafeLaunch;
using Published;

namespace CoreProgram;

/// <summary>While a lock is taken, nothing that was posted runs.</summary>
internal static class Locks
{
    /// <summary>Many times longer than a wait waits before it serves.</summary>
    private static readonly TimeSpan TimeToServe = TimeSpan.FromMilliseconds(100);

    public static void Check(WarningLog log)
    {
        var plain = new object();
        var own = new Lock();
        using var readerWriter = new ReaderWriterLockSlim();

        using var handle = Launcher.For(
            context =>
            {
                ServesNothing("Monitor.Enter", () => Monitor.Enter(plain), () => Monitor.Exit(plain));
                ServesNothing("Lock.Enter", own.Enter, own.Exit);
                ServesNothing("EnterWriteLock", readerWriter.EnterWriteLock, readerWriter.ExitWriteLock);

                void ServesNothing(string name, Action enter, Action exit)
                {
                    using var isHeld = new ManualResetEventSlim();
                    var launchThread = Thread.CurrentThread;
                    var hasServed = false;
                    var servedWhileHeld = true;
                    var holder = new Thread(() =>
                    {
                        enter();
                        isHeld.Set();
                        SpinWait.SpinUntil(() => launchThread.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
                        Thread.Sleep(TimeToServe);
                        servedWhileHeld = Volatile.Read(ref hasServed);
                        exit();
                    });
                    holder.Start();
                    isHeld.Wait();

                    context.SynchronizationContext.Post(_ => Volatile.Write(ref hasServed, true), state: null);
                    enter();
                    exit();
                    holder.Join();
                    Checked.That(!servedWhileHeld, $"{name} serves nothing");
                }
            },
            options => options.LoggerFactory = log).Start();
    }
}
