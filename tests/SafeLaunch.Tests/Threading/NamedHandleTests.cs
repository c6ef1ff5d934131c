using System.Runtime.ExceptionServices;

namespace SafeLaunch.Tests.Threading;

/// <summary>Named mutexes, for which Unix has no wait together with other handles.</summary>
public sealed class NamedHandleTests
{
    [Test]
    public async Task A_named_mutex_that_another_thread_holds_is_waited_for_while_posted_work_runs()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var holder = new Holder();

        var ran = await handle.InvokeAsync(() =>
        {
            using var mutex = new Mutex(initiallyOwned: false, holder.Name);
            var ran = 0;
            var context = SynchronizationContext.Current!;
            context.Post(PostNext, null);
            mutex.WaitOne();
            mutex.ReleaseMutex();
            return ran;

            void PostNext(object? state)
            {
                ran++;
                if (ran < 5)
                {
                    context.Post(PostNext, null);
                }
                else
                {
                    holder.Release();
                }
            }
        }).Within();

        Assert.That(ran, Is.EqualTo(5));
    }

    [Test]
    public async Task A_named_mutex_that_is_posted_to_while_the_thread_waits_for_it_is_got()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var holder = new Holder();
        using var isEntered = new ManualResetEventSlim();
        var thread = await handle.ThreadAsync();
        var waiting = handle.InvokeAsync(() =>
        {
            using var mutex = new Mutex(initiallyOwned: false, holder.Name);
            isEntered.Set();
            mutex.WaitOne();
            mutex.ReleaseMutex();
            return true;
        });
        isEntered.Pass();
        if (!Net11.IsRunning)
        {
            // There, a thread that waits for a named mutex does not show it.
            thread.UntilWaiting();
        }

        var ran = await handle.ThreadAsync();
        holder.Release();

        Assert.That(ran, Is.SameAs(thread));
        Assert.That(await waiting.Within(), Is.True);
    }

    [Test]
    public async Task A_wait_for_a_named_mutex_ends_with_its_time_out()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var holder = new Holder();

        var (isGot, hasRun) = await handle.InvokeAsync(() =>
        {
            using var mutex = new Mutex(initiallyOwned: false, holder.Name);
            var hasRun = false;
            SynchronizationContext.Current!.Post(_ => hasRun = true, null);
            return (mutex.WaitOne(500), hasRun);
        }).Within();

        Assert.That(isGot, Is.False);
        Assert.That(hasRun, Is.True);
    }

    [Test]
    public async Task A_named_mutex_that_its_holder_abandons_is_reported_as_abandoned()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var holder = new Holder(isAbandoning: true);

        var waiting = handle.InvokeAsync(() =>
        {
            using var mutex = new Mutex(initiallyOwned: false, holder.Name);
            SynchronizationContext.Current!.Post(_ => holder.Release(), null);
            mutex.WaitOne();
        });

        Assert.That(async () => await waiting.Within(), Throws.TypeOf<AbandonedMutexException>());
    }

    [Test]
    public async Task A_named_mutex_among_several_handles_is_waited_for_as_on_any_other_thread()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var holder = new Holder();
        using var isSet = new ManualResetEvent(initialState: true);
        var elsewhere = await Task.Run(WaitForAny).Within();

        var onTheLaunchThread = await handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => { }, null);
            return WaitForAny();
        }).Within();

        Assert.That(onTheLaunchThread, Is.EqualTo(elsewhere));

        string WaitForAny()
        {
            using var mutex = new Mutex(initiallyOwned: false, holder.Name);
            var ended = "";
            return Caught.By(() => ended = $"{WaitHandle.WaitAny([mutex, isSet], 60)}")?.GetType().Name ?? ended;
        }
    }

    [Test]
    public async Task One_wait_for_a_named_mutex_costs_one_exception_at_the_most()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var holder = new Holder();
        var thread = await handle.ThreadAsync();
        var thrown = 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;

        await handle.InvokeAsync(() =>
        {
            using var mutex = new Mutex(initiallyOwned: false, holder.Name);
            return mutex.WaitOne(100);
        }).Within();

        AppDomain.CurrentDomain.FirstChanceException -= Count;
        Assert.That(thrown, Is.LessThanOrEqualTo(1));

        void Count(object? sender, FirstChanceExceptionEventArgs args) => thrown += Thread.CurrentThread == thread ? 1 : 0;
    }

    /// <summary>Holds a named mutex on another thread until it is released.</summary>
    private sealed class Holder : IDisposable
    {
        private readonly ManualResetEventSlim isHeld = new();
        private readonly ManualResetEventSlim isReleased = new();
        private readonly Thread thread;
        private Mutex? mutex;

        public Holder(bool isAbandoning = false)
        {
            this.thread = TestLaunch.OnThread(() =>
            {
                this.mutex = new Mutex(initiallyOwned: true, this.Name);
                this.isHeld.Set();
                this.isReleased.Wait();
                if (!isAbandoning)
                {
                    this.mutex.ReleaseMutex();
                }
            });
            this.isHeld.Pass();
        }

        public string Name { get; } = "SafeLaunch.Tests." + Guid.NewGuid().ToString("N");

        public void Release() => this.isReleased.Set();

        public void Dispose()
        {
            this.Release();
            this.thread.JoinInTime();
            this.mutex?.Dispose();
            this.isHeld.Dispose();
            this.isReleased.Dispose();
        }
    }
}
