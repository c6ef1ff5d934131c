using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>Work is posted before or during each of these waits, so that it would run inside of the wait if anything did.</summary>
public sealed class WaitsThatDoNotPumpTests
{
    /// <summary>
    /// How long a wait takes that only its own time ends. A pumping wait would serve work after about a millisecond. On a machine that is slower than
    /// that, a test of such a wait passes too easily; none fails.
    /// </summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(60);

    private static readonly (string Name, Func<ITimedLockCase> Make)[] Timed =
    [
        ("Monitor", () => new MonitorCase()),
        ("System.Threading.Lock", () => new LockCase()),
        ("ReaderWriterLockSlim for writing", () => new WriteLockCase()),
        ("ReaderWriterLockSlim for reading", () => new ReadLockCase()),
        ("ReaderWriterLockSlim for upgrading", () => new UpgradeableLockCase()),
    ];

    [TestCaseSource(nameof(LocksAndPosts))]
    public async Task Work_runs_only_after_a_lock_acquisition(Func<ILockCase> make, bool isPostedBefore)
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var subject = make();
        using var ran = new ManualResetEventSlim();
        using var isHeld = new ManualResetEventSlim();
        using var isEntered = new ManualResetEventSlim();
        var thread = await handle.ThreadAsync();
        var ranWhileHeld = true;
        var holder = TestLaunch.OnThread(() => subject.Hold(() =>
        {
            isHeld.Set();
            isEntered.Pass();
            thread.UntilWaiting();
            Post(before: false);
            UntilUnserved(handle, thread, ran);
            ranWhileHeld = ran.IsSet;
        }));
        isHeld.Pass();

        var ranBeforeTaken = await handle.InvokeAsync(() =>
        {
            Post(before: true);
            isEntered.Set();
            subject.Take();
            return ran.IsSet;
        }).Within();
        ran.Pass();
        holder.JoinInTime();

        Assert.That(ranWhileHeld, Is.False);
        Assert.That(ranBeforeTaken, Is.False);

        void Post(bool before)
        {
            if (before == isPostedBefore)
            {
                handle.SynchronizationContext.Post(_ => ran.Set(), null);
            }
        }
    }

    [TestCaseSource(nameof(TimedLocks))]
    public async Task A_timed_lock_acquisition_that_fails_runs_nothing(Func<ITimedLockCase> make)
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var subject = make();
        using var isHeld = new ManualResetEventSlim();
        using var isDone = new ManualResetEventSlim();
        var holder = TestLaunch.OnThread(() => subject.Hold(() =>
        {
            isHeld.Set();
            isDone.Wait();
        }));
        isHeld.Pass();

        var (isTaken, ranInside) = await handle.InvokeAsync(() =>
        {
            var ran = false;
            SynchronizationContext.Current!.Post(_ => ran = true, null);
            return (subject.TryTake(Watched), ran);
        }).Within();
        isDone.Set();
        holder.JoinInTime();

        Assert.That(isTaken, Is.False);
        Assert.That(ranInside, Is.False);
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_wait_under_a_held_lock_pumps()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var held = new object();
        using var gate = new ManualResetEventSlim();

        await handle.InvokeAsync(() =>
        {
            lock (held)
            {
                SynchronizationContext.Current!.Post(_ => gate.Set(), null);
                gate.Pass();
            }
        }).Within();

        Assert.That(gate.IsSet, Is.True);
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_lock_acquisition_inside_a_pumping_wait_does_not_pump()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var thread = await handle.ThreadAsync();
        var contended = new object();
        using var isHeld = new ManualResetEventSlim();
        using var ran = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var holder = TestLaunch.OnThread(() =>
        {
            lock (contended)
            {
                isHeld.Set();
                UntilUnserved(handle, thread, ran);
            }
        });
        isHeld.Pass();

        var ranInLock = await handle.InvokeAsync(() =>
        {
            var ranInLock = true;
            SynchronizationContext.Current!.Post(
                _ =>
                {
                    SynchronizationContext.Current!.Post(_ => ran.Set(), null);
                    lock (contended)
                    {
                        ranInLock = ran.IsSet;
                    }

                    gate.Set();
                },
                null);
            gate.Pass();
            return ranInLock;
        }).Within();
        ran.Pass();
        holder.JoinInTime();

        Assert.That(ranInLock, Is.False);
    }

    [Test]
    public async Task Thread_Sleep_runs_nothing()
    {
        await using var handle = Launcher.For(() => { }).Start();

        var ranInside = await handle.InvokeAsync(() =>
        {
            var ran = false;
            SynchronizationContext.Current!.Post(_ => ran = true, null);
            Thread.Sleep(Watched);
            return ran;
        }).Within();

        Assert.That(ranInside, Is.False);
    }

    [Test]
    public async Task With_BlockingWaits_Block_no_wait_runs_anything()
    {
        await using var handle = Launcher.For(() => { }, options => options.BlockingWaits = BlockingWaitBehavior.Block).Start();
        var ran = Gate.NewSource();

        using var gate = new ManualResetEventSlim();

        var ranInside = await handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => ran.SetResult(), null);
            gate.PassOnceResting();
            return ran.Task.IsCompleted;
        }).Within();
        await ran.Task.Within();

        Assert.That(ranInside, Is.False);
    }

    [Test]
    public async Task A_wait_on_another_thread_runs_nothing_of_the_launch_even_where_its_context_is_current()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var launchThread = await handle.ThreadAsync();
        using var stand = new Stand();
        var busy = handle.InvokeAsync(stand.Still);
        stand.WaitFor();
        var ran = Gate.NewSource<Thread>();
        using var gate = new ManualResetEventSlim();

        var ranInside = await Task.Run(() =>
        {
            SynchronizationContext.SetSynchronizationContext(handle.SynchronizationContext);
            try
            {
                handle.SynchronizationContext.Post(_ => ran.SetResult(Thread.CurrentThread), null);
                gate.PassOnceResting();
                return ran.Task.IsCompleted;
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(null);
            }
        }).Within();
        stand.GoOn();
        await busy.Within();

        Assert.That(ranInside, Is.False);
        Assert.That(await ran.Task.Within(), Is.SameAs(launchThread));
    }

    /// <summary>
    /// Returns once the wait of the launch thread serves nothing for as long as it lasts, although work is queued, or once the work has run. Mono does not
    /// tell the context of all waits: there it returns once the thread stays in one.
    /// </summary>
    private static void UntilUnserved(LaunchHandle handle, Thread thread, ManualResetEventSlim ran)
    {
        if (Mono.IsRunning)
        {
            thread.UntilResting();
            return;
        }

        var context = (LaunchSynchronizationContext)handle.SynchronizationContext;
        SpinWait.SpinUntil(() => context.BlockedIn is not null || ran.IsSet, Gate.Patience);
    }

    private static IEnumerable<TestCaseData> LocksAndPosts() =>
        from kind in Timed.Select(kind => (kind.Name, Make: (Func<ILockCase>)kind.Make)).Append(("Lazy", () => new LazyCase()))
        from isPostedBefore in new[] { true, false }
        select new TestCaseData(kind.Make, isPostedBefore).SetArgDisplayNames(kind.Name, isPostedBefore ? "posted before" : "posted during");

    private static IEnumerable<TestCaseData> TimedLocks() => Timed.Select(kind => new TestCaseData(kind.Make).SetArgDisplayNames(kind.Name));

    /// <summary>A kind of lock.</summary>
    public interface ILockCase : IDisposable
    {
        void Hold(Action whileHeld);

        void Take();
    }

    /// <summary>A kind of lock that can be given up.</summary>
    public interface ITimedLockCase : ILockCase
    {
        bool TryTake(TimeSpan timeout);
    }

    private sealed class MonitorCase : ITimedLockCase
    {
        private readonly object monitor = new();

        public void Hold(Action whileHeld)
        {
            lock (this.monitor)
            {
                whileHeld();
            }
        }

        public void Take()
        {
            lock (this.monitor)
            {
            }
        }

        public bool TryTake(TimeSpan timeout) => Monitor.TryEnter(this.monitor, timeout);

        public void Dispose()
        {
        }
    }

    private sealed class LockCase : ITimedLockCase
    {
        private readonly Lock gate = new();

        public void Hold(Action whileHeld)
        {
            lock (this.gate)
            {
                whileHeld();
            }
        }

        public void Take()
        {
            using (this.gate.EnterScope())
            {
            }
        }

        public bool TryTake(TimeSpan timeout) => this.gate.TryEnter(timeout);

        public void Dispose()
        {
        }
    }

    private abstract class ReaderWriterLockCase : ITimedLockCase
    {
        protected ReaderWriterLockSlim Lock { get; } = new();

        public void Hold(Action whileHeld)
        {
            this.Lock.EnterWriteLock();
            whileHeld();
            this.Lock.ExitWriteLock();
        }

        public void Take()
        {
            Assert.That(this.TryTake(Timeout.InfiniteTimeSpan), Is.True);
            this.Release();
        }

        public abstract bool TryTake(TimeSpan timeout);

        public void Dispose() => this.Lock.Dispose();

        protected abstract void Release();
    }

    private sealed class WriteLockCase : ReaderWriterLockCase
    {
        public override bool TryTake(TimeSpan timeout) => this.Lock.TryEnterWriteLock(timeout);

        protected override void Release() => this.Lock.ExitWriteLock();
    }

    private sealed class ReadLockCase : ReaderWriterLockCase
    {
        public override bool TryTake(TimeSpan timeout) => this.Lock.TryEnterReadLock(timeout);

        protected override void Release() => this.Lock.ExitReadLock();
    }

    private sealed class UpgradeableLockCase : ReaderWriterLockCase
    {
        public override bool TryTake(TimeSpan timeout) => this.Lock.TryEnterUpgradeableReadLock(timeout);

        protected override void Release() => this.Lock.ExitUpgradeableReadLock();
    }

    private sealed class LazyCase : ILockCase
    {
        private readonly Lazy<int> lazy;
        private Action whileHeld = () => { };

        public LazyCase() => this.lazy = new(() =>
        {
            this.whileHeld();
            return 42;
        });

        public void Hold(Action whileHeld)
        {
            this.whileHeld = whileHeld;
            _ = this.lazy.Value;
        }

        public void Take() => Assert.That(this.lazy.Value, Is.EqualTo(42));

        public void Dispose()
        {
        }
    }
}
