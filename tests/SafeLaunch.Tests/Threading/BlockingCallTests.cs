using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace SafeLaunch.Tests.Threading;

/// <summary>Each call is examined from within its own wait, and goes on only after that.</summary>
public sealed class BlockingCallTests
{
    /// <summary>A busy machine takes minutes to compile a method again, and for a thousand waits.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromTicks(Gate.Patience.Ticks * 5);

    [TestCaseSource(nameof(Waits))]
    public void BlockingCall_recognizes_each_wait(Action<ManualResetEventSlim> block) => Assert.That(AnswersFor(block, expected: true), Does.Contain(true));

    [TestCaseSource(nameof(Locks))]
    public void A_lock_acquisition_is_not_treated_as_a_wait(Action<ManualResetEventSlim> block) => Assert.That(AnswersFor(block, expected: false), Is.Not.Empty.And.All.False);

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public void Waits_and_lock_acquisitions_are_distinguished_also_after_they_are_compiled_again_for_speed()
    {
        // Left to their finalizers: a thread that does not end in time, which fails the test, goes on using them.
        var monitor = new object();
        var gate = new ManualResetEvent(initialState: false);
        var slimGate = new ManualResetEventSlim();
        var semaphore = new SemaphoreSlim(0);
        var isDone = new ManualResetEventSlim();
        var isHeld = new ManualResetEventSlim();
        var contended = new object();
        var holder = new Thread(() =>
        {
            lock (contended)
            {
                isHeld.Set();
                isDone.Wait();
            }
        }) { IsBackground = true };
        holder.Start();
        isHeld.Pass();

        var ofWaits = AnswersFor(
            _ => Repeat(() =>
            {
                WaitInALoop(gate);
                WaitHandle.WaitAny([gate, gate], 0);
                slimGate.Wait(1);
                semaphore.Wait(1);
                new TaskCompletionSource().Task.Wait(1);
                lock (monitor)
                {
                    Monitor.Wait(monitor, 0);
                }
            }),
            expected: true);
        var ofLocks = AnswersFor(_ => Repeat(() => Monitor.TryEnter(contended, 1)), expected: false);
        isDone.Set();

        Assert.That(ofWaits, Has.Count.GreaterThan(1_000).And.All.True);
        Assert.That(ofLocks, Is.Not.Empty.And.All.False);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void WaitInALoop(ManualResetEvent gate)
        {
            for (var i = 0; i < 3; i++)
            {
                gate.WaitOne(0);
            }
        }

        // A method is compiled again when it was called 30 times, and nothing new was for 100 ms.
        static void Repeat(Action wait)
        {
            for (var i = 0; i < 200; i++)
            {
                wait();
                if (i % 40 == 39)
                {
                    Thread.Sleep(120);
                }
            }
        }
    }

    /// <summary>The answers of all waits that the call leads to, on a separate thread.</summary>
    private static List<bool> AnswersFor(Action<ManualResetEventSlim> block, bool expected)
    {
        var isLookedAt = new ManualResetEventSlim();
        var context = new LookingContext(expected, isLookedAt);
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            block(isLookedAt);
        }) { IsBackground = true };
        thread.Start();
        Assert.That(thread.Join(LongPatience), Is.True);
        return context.Answers;
    }

    private static IEnumerable<TestCaseData> Waits()
    {
        yield return Case("Task.Wait", isLookedAt => WhenLookedAt(isLookedAt, () => { }).Wait()).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("GetResult", isLookedAt => WhenLookedAt(isLookedAt, () => { }).GetAwaiter().GetResult()).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Task.WaitAll", isLookedAt => Task.WaitAll(WhenLookedAt(isLookedAt, () => { }), Task.CompletedTask)).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Task.WaitAny", isLookedAt => Task.WaitAny(WhenLookedAt(isLookedAt, () => { }), new TaskCompletionSource().Task)).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("ManualResetEventSlim.Wait", isLookedAt => isLookedAt.Wait()).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("WaitOne", isLookedAt => isLookedAt.WaitHandle.WaitOne());
        yield return Case("WaitAny", isLookedAt => WaitHandle.WaitAny([isLookedAt.WaitHandle, isLookedAt.WaitHandle]));
        yield return Case("WaitAll", isLookedAt =>
        {
            using var set = new ManualResetEvent(initialState: true);
            WaitHandle.WaitAll([isLookedAt.WaitHandle, set]);
        });
        yield return Case("SemaphoreSlim.Wait", isLookedAt =>
        {
            using var semaphore = new SemaphoreSlim(0);
            _ = WhenLookedAt(isLookedAt, () => semaphore.Release());
            semaphore.Wait();
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Monitor.Wait", isLookedAt =>
        {
            var monitor = new object();
            lock (monitor)
            {
                _ = WhenLookedAt(isLookedAt, () =>
                {
                    lock (monitor)
                    {
                        Monitor.Pulse(monitor);
                    }
                });
                Monitor.Wait(monitor);
            }
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Thread.Join", isLookedAt =>
        {
            var thread = new Thread(() => isLookedAt.Wait()) { IsBackground = true };
            thread.Start();
            thread.Join();
        }).NotOnMono(Mono.TellsOfHandlesOnly).NotOnNet11(Net11.TellsOfNoJoin);
        yield return Case("WaitOne of code that was made at run time", isLookedAt => MadeAtRunTime(isLookedAt.WaitHandle, nameof(WaitHandle.WaitOne))());
        yield return Case("Thread.Join of code that was made at run time", isLookedAt =>
        {
            var thread = new Thread(() => isLookedAt.Wait()) { IsBackground = true };
            thread.Start();
            MadeAtRunTime(thread, nameof(Thread.Join))();
        }).NotOnMono(Mono.TellsOfHandlesOnly).NotOnNet11(Net11.TellsOfNoJoin);
        yield return Case("Thread.Join with a time-out", isLookedAt =>
        {
            var thread = new Thread(() => isLookedAt.Wait()) { IsBackground = true };
            thread.Start();
            thread.Join(Gate.Patience);
        }).NotOnMono(Mono.TellsOfHandlesOnly).NotOnNet11(Net11.TellsOfNoJoin);
    }

    private static IEnumerable<TestCaseData> Locks()
    {
        yield return Case("lock", isLookedAt =>
        {
            var monitor = new object();
            HoldUntilLookedAt(isLookedAt, () => Monitor.Enter(monitor), () => Monitor.Exit(monitor));
            lock (monitor)
            {
            }
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Monitor.Enter", isLookedAt =>
        {
            var monitor = new object();
            HoldUntilLookedAt(isLookedAt, () => Monitor.Enter(monitor), () => Monitor.Exit(monitor));
            Monitor.Enter(monitor);
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Monitor.TryEnter", isLookedAt =>
        {
            var monitor = new object();
            HoldUntilLookedAt(isLookedAt, () => Monitor.Enter(monitor), () => Monitor.Exit(monitor));
            Monitor.TryEnter(monitor, Gate.Patience);
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Lock.Enter", isLookedAt =>
        {
            var gate = new Lock();
            HoldUntilLookedAt(isLookedAt, gate.Enter, gate.Exit);
            gate.Enter();
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Lock.EnterScope", isLookedAt =>
        {
            var gate = new Lock();
            HoldUntilLookedAt(isLookedAt, gate.Enter, gate.Exit);
            lock (gate)
            {
            }
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Lock.TryEnter", isLookedAt =>
        {
            var gate = new Lock();
            HoldUntilLookedAt(isLookedAt, gate.Enter, gate.Exit);
            gate.TryEnter(Gate.Patience);
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("ReaderWriterLockSlim.EnterReadLock", isLookedAt => OfReaderWriterLockSlim(isLookedAt, gate => gate.EnterReadLock()));
        yield return Case("ReaderWriterLockSlim.EnterUpgradeableReadLock", isLookedAt => OfReaderWriterLockSlim(isLookedAt, gate => gate.EnterUpgradeableReadLock()));
        yield return Case("ReaderWriterLockSlim.EnterWriteLock", isLookedAt => OfReaderWriterLockSlim(isLookedAt, gate => gate.EnterWriteLock()));
        yield return Case("ReaderWriterLock.AcquireWriterLock", isLookedAt =>
        {
            var gate = new ReaderWriterLock();
            HoldUntilLookedAt(isLookedAt, () => gate.AcquireWriterLock(Timeout.Infinite), gate.ReleaseWriterLock);
            gate.AcquireWriterLock(Timeout.Infinite);
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Lazy.Value", isLookedAt =>
        {
            using var isMaking = new ManualResetEventSlim();
            var lazy = new Lazy<int>(() =>
            {
                isMaking.Set();
                isLookedAt.Wait();
                return 1;
            });
            new Thread(() => _ = lazy.Value) { IsBackground = true }.Start();
            PassUnnoticed(isMaking);
            _ = lazy.Value;
        }).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("SemaphoreSlim.Wait that waits for its own lock", OfLockInSemaphore).NotOnMono(Mono.TellsOfHandlesOnly);
    }

    private static TestCaseData Case(string name, Action<ManualResetEventSlim> block) => new TestCaseData(block).SetArgDisplayNames(name);

    /// <summary>Calls the method from a frame of which the stack says no type.</summary>
    private static Action MadeAtRunTime(object target, string method) =>
        Expression.Lambda<Action>(Expression.Call(Expression.Constant(target), target.GetType().GetMethod(method, Type.EmptyTypes)!)).Compile();

    private static void OfReaderWriterLockSlim(ManualResetEventSlim isLookedAt, Action<ReaderWriterLockSlim> take)
    {
        var gate = new ReaderWriterLockSlim();
        HoldUntilLookedAt(isLookedAt, gate.EnterWriteLock, gate.ExitWriteLock);
        take(gate);
    }

    private static void OfLockInSemaphore(ManualResetEventSlim isLookedAt)
    {
        using var semaphore = new SemaphoreSlim(1);
        var itsLock = typeof(SemaphoreSlim)
            .GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)
            .Single(field => field.Name.Contains("lock", StringComparison.OrdinalIgnoreCase))
            .GetValue(semaphore)!;
        HoldUntilLookedAt(isLookedAt, () => Monitor.Enter(itsLock), () => Monitor.Exit(itsLock));
        semaphore.Wait();
    }

    private static Task WhenLookedAt(ManualResetEventSlim isLookedAt, Action action) => Task.Run(() =>
    {
        isLookedAt.Wait();
        action();
    });

    /// <summary>Returns when another thread holds the lock.</summary>
    private static void HoldUntilLookedAt(ManualResetEventSlim isLookedAt, Action take, Action release)
    {
        using var isHeld = new ManualResetEventSlim();
        new Thread(() =>
        {
            take();
            isHeld.Set();
            isLookedAt.Wait();
            release();
        }) { IsBackground = true }.Start();
        PassUnnoticed(isHeld);
    }

    /// <summary>Passes without a wait that would be reported to the context.</summary>
    private static void PassUnnoticed(ManualResetEventSlim gate) => SpinWait.SpinUntil(() => gate.IsSet, Gate.Patience);
}
