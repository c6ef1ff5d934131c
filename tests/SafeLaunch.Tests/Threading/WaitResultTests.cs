using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>A wait that serves the context is still the wait that its caller asked for.</summary>
public sealed class WaitResultTests
{
    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_timed_wait_ends_unfulfilled_although_posts_keep_coming_from_another_thread()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var flood = new Flood(handle.SynchronizationContext);
        var never = new TaskCompletionSource();

        // A busy machine serves few posts within a short time.
        var (isFulfilled, ranMeanwhile) = await handle.InvokeAsync(() =>
        {
            var before = flood.Ran;
            var isFulfilled = false;
            for (var milliseconds = 100; flood.Ran - before <= 1_000 && milliseconds < Gate.Patience.TotalMilliseconds; milliseconds *= 2)
            {
                isFulfilled |= never.Task.Wait(milliseconds);
            }

            return (isFulfilled, flood.Ran - before);
        }).Within();

        Assert.That(isFulfilled, Is.False);
        Assert.That(ranMeanwhile, Is.GreaterThan(1_000));
    }

    [Test]
    public async Task A_wait_ends_with_its_handle_although_posts_keep_coming_from_another_thread()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var flood = new Flood(handle.SynchronizationContext);
        using var first = new ManualResetEvent(initialState: false);
        using var second = new ManualResetEvent(initialState: false);

        var waiting = handle.InvokeAsync(() => WaitHandle.WaitAny([first, second]));
        await flood.RunsOnAsync();
        second.Set();

        Assert.That(await waiting.Within(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_wait_for_all_ends_with_its_handles_although_posts_keep_coming_from_another_thread()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var flood = new Flood(handle.SynchronizationContext);
        using var first = new ManualResetEvent(initialState: false);
        using var second = new ManualResetEvent(initialState: false);

        var waiting = handle.InvokeAsync(() => WaitHandle.WaitAll([first, second]));
        first.Set();
        await flood.RunsOnAsync();
        var hadEnded = waiting.IsCompleted;
        second.Set();

        Assert.That(await waiting.Within(), Is.True);
        Assert.That(hadEnded, Is.False);
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_wait_ends_although_each_callback_posts_the_next()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var gate = new ManualResetEventSlim();
        var isOver = false;
        var ran = 0;

        var hasEnded = await handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(PostNext, null);
            var hasEnded = gate.Wait(Gate.Patience);
            isOver = true;
            return hasEnded;
        }).Within();

        Assert.That(hasEnded, Is.True);

        void PostNext(object? state)
        {
            if (++ran == 1_000)
            {
                gate.Set();
            }

            if (!isOver)
            {
                SynchronizationContext.Current!.Post(PostNext, null);
            }
        }
    }

    [Test]
    public async Task A_wait_for_any_that_its_pumped_work_fulfils_pumps_no_more()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var never = new ManualResetEvent(initialState: false);
        using var set = new ManualResetEvent(initialState: false);
        var ran = 0;

        var (which, ranInside) = await handle.InvokeAsync(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                SynchronizationContext.Current!.Post(_ => SetAndTakeLong(), null);
            }

            return (WaitHandle.WaitAny([never, set]), ran);
        }).Within();

        Assert.That(which, Is.EqualTo(1));
        Assert.That(ranInside, Is.EqualTo(1));

        void SetAndTakeLong()
        {
            ran++;
            set.Set();
            for (var clock = Stopwatch.StartNew(); clock.ElapsedMilliseconds < 20;)
            {
                Thread.SpinWait(100);
            }
        }
    }

    [Test]
    public async Task A_wait_that_its_pumped_work_fulfils_ends_before_the_queue_does()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var set = new ManualResetEvent(initialState: false);
        var ran = 0;

        var ranInside = await handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => set.Set(), null);
            for (var i = 0; i < 100 * LaunchSynchronizationContext.TurnItems; i++)
            {
                SynchronizationContext.Current!.Post(_ => ran++, null);
            }

            set.WaitOne();
            return ran;
        }).Within();

        Assert.That(ranInside, Is.LessThan(LaunchSynchronizationContext.TurnItems));
    }

    [Test]
    public async Task A_wait_for_any_says_which_of_the_handles_it_was([Values(1, 2, 63, 64)] int count, [Values] bool isLast)
    {
        await using var handle = Launcher.For(() => { }).Start();
        var events = Enumerable.Range(0, count).Select(_ => new AutoResetEvent(initialState: false)).ToArray();
        var which = isLast ? count - 1 : 0;

        var found = await handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => events[which].Set(), null);
            return WaitHandle.WaitAny(events);
        }).Within();

        Assert.That(found, Is.EqualTo(which));
        Assert.That(events[which].WaitOne(0), Is.False, "the event is used up");
        Array.ForEach(events, one => one.Dispose());
    }

    [Test]
    public async Task A_wait_that_times_out_says_so([Values(1, 2, 64)] int count, [Values] bool all)
    {
        await using var handle = Launcher.For(() => { }).Start();
        var events = Enumerable.Range(0, count).Select(_ => new ManualResetEvent(initialState: false)).ToArray();

        var (hasEnded, ran) = await handle.InvokeAsync(() =>
        {
            var ran = false;
            SynchronizationContext.Current!.Post(_ => ran = true, null);
            var hasEnded = all ? WaitHandle.WaitAll(events, 400) : WaitHandle.WaitAny(events, 400) != WaitHandle.WaitTimeout;
            return (hasEnded, ran);
        }).Within();

        Assert.That(hasEnded, Is.False);
        Assert.That(ran, Is.True);
        Array.ForEach(events, one => one.Dispose());
    }

    [Test]
    public async Task A_wait_of_no_time_runs_nothing()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var gate = new ManualResetEvent(initialState: false);

        var hasEnded = await handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => gate.Set(), null);
            return gate.WaitOne(0);
        }).Within();

        Assert.That(hasEnded, Is.False);
    }

    [Test]
    public async Task An_abandoned_mutex_is_reported_as_abandoned()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var mutex = new Mutex();
        using var isHeld = new ManualResetEventSlim();
        using var letGo = new ManualResetEventSlim();
        var holder = new Thread(() =>
        {
            mutex.WaitOne();
            isHeld.Set();
            letGo.Wait();
        }) { IsBackground = true };
        holder.Start();
        isHeld.Pass();

        var waiting = handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => letGo.Set(), null);
            mutex.WaitOne();
        });

        Assert.That(async () => await waiting.Within(), Throws.TypeOf<AbandonedMutexException>());
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_cancelled_wait_throws_as_it_does_without_a_launch()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var source = new CancellationTokenSource();

        var waiting = handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => source.Cancel(), null);
            new TaskCompletionSource().Task.Wait(source.Token);
        });

        Assert.That(async () => await waiting.Within(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task An_interrupted_wait_throws_and_its_thread_goes_on()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var gate = new ManualResetEventSlim();
        using var isEntered = new ManualResetEventSlim();
        var thread = await handle.ThreadAsync();
        var waiting = handle.InvokeAsync(() =>
        {
            isEntered.Set();
            gate.Wait();
        });
        isEntered.Pass();
        thread.UntilWaiting();

        thread.Interrupt();

        Assert.That(async () => await waiting.Within(), Throws.TypeOf<ThreadInterruptedException>());
        Assert.That(await handle.ThreadAsync(), Is.SameAs(thread));
    }

    [Test]
    public async Task Waits_nested_too_deep_only_wait_and_are_logged_once()
    {
        const int Deepest = LaunchSynchronizationContext.MaxPumpDepth + 1;
        using var log = new LogRecorder();
        await using var handle = Launcher.For(() => { }, options => options.LoggerFactory = log.Factory).Start();
        using var gate = new ManualResetEvent(initialState: false);
        using var isLogged = new ManualResetEvent(initialState: false);
        using var isDone = new ManualResetEventSlim();
        var depth = 0;
        var deepest = 0;

        var waiting = handle.InvokeAsync(() => Nest(null));
        Assert.That(SpinWait.SpinUntil(() => log.Of(LogEvents.PumpedTooDeep).Count > 0, Gate.Patience), Is.True);
        isLogged.Set();
        isDone.Pass();
        gate.Set();
        await waiting.Within();

        Assert.That(deepest, Is.EqualTo(Deepest));
        Assert.That(depth, Is.Zero);
        var records = log.Of(LogEvents.PumpedTooDeep);
        Assert.That(records, Has.Count.EqualTo(1));
        Assert.That(records[0].Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(records[0].Message, Does.Contain("launch").And.Contain($"{LaunchSynchronizationContext.MaxPumpDepth}"));

        void Nest(object? state)
        {
            depth++;
            deepest = Math.Max(deepest, depth);
            if (!gate.WaitOne(0))
            {
                SynchronizationContext.Current!.Post(Nest, null);
            }

            if (depth == Deepest)
            {
                // Several waits that do not pump, and yet one line in the log.
                isLogged.WaitOne();
                gate.WaitOne(50);
                gate.WaitOne(50);
                isDone.Set();
            }

            gate.WaitOne();
            depth--;
        }
    }


    /// <summary>Keeps the queue of a context from ever being empty for long, and from growing without bound.</summary>
    private sealed class Flood : IDisposable
    {
        private const int MostQueued = 10_000;

        private readonly SynchronizationContext context;
        private readonly Thread producer;
        private readonly SendOrPostCallback count;
        private int posted;
        private int ran;
        private volatile bool isOver;

        public Flood(SynchronizationContext context)
        {
            this.context = context;
            this.count = _ => Volatile.Write(ref this.ran, this.ran + 1);
            this.producer = new(this.Produce) { IsBackground = true };
            this.producer.Start();
        }

        public int Ran => Volatile.Read(ref this.ran);

        /// <summary>Ends when a good deal more of it has run.</summary>
        public async Task RunsOnAsync()
        {
            var enough = this.Ran + 5_000;
            var hasRun = await Task.Run(() => SpinWait.SpinUntil(() => this.Ran > enough, Gate.Patience));
            Assert.That(hasRun, Is.True, "the flood stands still");
        }

        public void Dispose()
        {
            this.isOver = true;
            this.producer.Join();
        }

        private void Produce()
        {
            while (!this.isOver)
            {
                if (this.posted - this.Ran < MostQueued)
                {
                    this.context.Post(this.count, null);
                    this.posted++;
                }
                else
                {
                    Thread.Yield();
                }
            }
        }
    }
}
