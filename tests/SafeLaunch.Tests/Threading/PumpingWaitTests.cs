using System.Collections.Concurrent;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>Each wait here can only end by work that the blocked thread itself has to run.</summary>
public sealed class PumpingWaitTests
{
    /// <summary>Longer than anybody here is patient.</summary>
    private static readonly TimeSpan LongTime = TimeSpan.FromMinutes(10);

    [TestCaseSource(nameof(Waits))]
    public async Task Work_that_was_posted_before_a_pumping_wait_runs_inside_it(Func<BlockingWait> make)
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var wait = make();

        var (waiting, released) = await handle.InvokeAsync(() =>
        {
            Thread? released = null;
            SynchronizationContext.Current!.Post(
                _ =>
                {
                    released = Thread.CurrentThread;
                    wait.Release();
                },
                null);
            wait.Block();
            return (Thread.CurrentThread, released);
        }).Within();

        Assert.That(released, Is.SameAs(waiting));
    }

    [TestCaseSource(nameof(Waits))]
    public async Task Work_that_is_posted_during_a_pumping_wait_runs_inside_it(Func<BlockingWait> make)
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var wait = make();
        using var entered = new ManualResetEventSlim();
        var thread = await handle.ThreadAsync();
        var waiting = handle.InvokeAsync(() =>
        {
            entered.Set();
            wait.Block();
        });
        entered.Pass();
        thread.UntilWaiting();

        var ran = await handle.InvokeAsync(() => Thread.CurrentThread).Within();
        var hadEnded = waiting.IsCompleted;
        handle.SynchronizationContext.Post(_ => wait.Release(), null);
        await waiting.Within();

        Assert.That(ran, Is.SameAs(thread));
        Assert.That(hadEnded, Is.False);
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_delegate_that_blocks_for_its_whole_life_is_served_all_the_while()
    {
        using var end = new ManualResetEventSlim();
        await using var handle = Launcher.For(context =>
        {
            context.SignalReady();
            end.Wait();
        }).Start();

        for (var i = 0; i < 1_000; i++)
        {
            Assert.That(await handle.InvokeAsync(() => i).Within(), Is.EqualTo(i));
        }

        end.Set();
        var outcome = await handle.Completion.Within();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_method_that_is_blocked_upon_may_await_on_the_launch_thread()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var thread = await handle.ThreadAsync();

        var resumed = await handle.InvokeAsync(() => AwaitAsync().GetAwaiter().GetResult()).Within();

        Assert.That(resumed, Is.All.SameAs(thread));

        static async Task<List<Thread>> AwaitAsync()
        {
            var resumed = new List<Thread>();
            for (var i = 0; i < 100; i++)
            {
                await Task.Run(() => { });
                resumed.Add(Thread.CurrentThread);
            }

            return resumed;
        }
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_Monitor_Wait_holds_its_lock_again_when_it_returns()
    {
        await using var handle = Launcher.For(() => { }).Start();

        var (during, after) = await handle.InvokeAsync(() =>
        {
            var monitor = new object();
            var during = true;
            lock (monitor)
            {
                SynchronizationContext.Current!.Post(
                    _ =>
                    {
                        during = Monitor.IsEntered(monitor);
                        lock (monitor)
                        {
                            Monitor.Pulse(monitor);
                        }
                    },
                    null);
                var wasPulsed = Monitor.Wait(monitor, Gate.Patience);
                return (during, wasPulsed && Monitor.IsEntered(monitor));
            }
        }).Within();

        Assert.That(during, Is.False);
        Assert.That(after, Is.True);
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_Monitor_Wait_that_must_get_its_lock_back_from_another_thread_does_get_it()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var monitor = new object();
        using var waits = new ManualResetEventSlim();
        var thread = await handle.ThreadAsync();
        var waiting = handle.InvokeAsync(() =>
        {
            lock (monitor)
            {
                waits.Set();
                return Monitor.Wait(monitor, Gate.Patience) && Monitor.IsEntered(monitor);
            }
        });
        waits.Pass();

        var ranMeanwhile = await Task.Run(() =>
        {
            lock (monitor)
            {
                Monitor.Pulse(monitor);

                // It is awake, and this lock is what keeps it.
                thread.UntilWaiting();
                handle.SynchronizationContext.Post(_ => { }, null);
            }

            return true;
        }).Within();

        Assert.That(ranMeanwhile, Is.True);
        Assert.That(await waiting.Within(), Is.True);
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_wait_inside_of_a_wait_ends_first_and_then_the_outer_one()
    {
        await using var handle = Launcher.For(() => { }).Start();
        using var outer = new ManualResetEventSlim();
        using var inner = new ManualResetEventSlim();
        using var innerEntered = new ManualResetEventSlim();
        var order = new List<string>();

        var waiting = handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(
                _ =>
                {
                    innerEntered.Set();
                    inner.Wait();
                    order.Add("inner");
                },
                null);
            outer.Wait();
            order.Add("outer");
        });
        innerEntered.Pass();
        outer.Set();
        var ranInBetween = await handle.InvokeAsync(() => order.Count == 0).Within();
        inner.Set();
        await waiting.Within();

        Assert.That(ranInBetween, Is.True);
        Assert.That(order, Is.EqualTo(new[] { "inner", "outer" }));
    }

    [Test]
    public async Task Any_number_of_waits_are_served_one_after_the_other()
    {
        const int Many = 3 * LaunchSynchronizationContext.MaxPumpDepth;
        await using var handle = Launcher.For(() => { }).Start();
        using var turn = new AutoResetEvent(initialState: false);

        var served = await handle.InvokeAsync(() =>
        {
            var served = 0;
            for (var i = 0; i < Many; i++)
            {
                SynchronizationContext.Current!.Post(_ => turn.Set(), null);
                served += turn.WaitOne(Gate.Patience) ? 1 : 0;
            }

            return served;
        }).Within();

        Assert.That(served, Is.EqualTo(Many));
    }

    private static IEnumerable<TestCaseData> Waits()
    {
        yield return Case("Task.Wait", () => OfTask(task => task.Wait())).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Task.Wait with a time-out", () => OfTask(task => task.Wait(Gate.Patience))).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Task.Wait with a token", () => OfTask(task =>
        {
            using var never = new CancellationTokenSource();
            task.Wait(never.Token);
        })).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("GetResult", () => OfTask(task => task.GetAwaiter().GetResult())).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("GetResult of an async method", () => OfTask(task => AwaitAsync(task).GetAwaiter().GetResult())).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Result", () => OfTask(task => _ = AwaitAsync(task).Result)).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Task.WaitAll", () => OfTask(task => Task.WaitAll(task, AwaitAsync(task), Task.CompletedTask))).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Task.WaitAny", () => OfTask(task => Task.WaitAny(task, new TaskCompletionSource().Task))).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("WaitOne", () => OfEvents(1, events => events[0].WaitOne()));
        yield return Case("WaitOne with a time-out", () => OfEvents(1, events => events[0].WaitOne(Gate.Patience)));
        yield return Case("WaitAny", () => OfEvents(2, events => WaitHandle.WaitAny(events)));
        yield return Case("WaitAny of 63 handles", () => OfEvents(63, events => WaitHandle.WaitAny(events)));
        yield return Case("WaitAny of 64 handles", () => OfEvents(64, events => WaitHandle.WaitAny(events)));
        yield return Case("WaitAny of 64 handles with a time-out", () => OfEvents(64, events => WaitHandle.WaitAny(events, LongTime)));
        yield return Case("WaitAll", () => OfEvents(2, events => WaitHandle.WaitAll(events)));
        yield return Case("WaitAll with a time-out", () => OfEvents(2, events => WaitHandle.WaitAll(events, LongTime)));
        yield return Case("WaitAll of 64 handles", () => OfEvents(64, events => WaitHandle.WaitAll(events)));
        yield return Case("ManualResetEventSlim.Wait", () => Of(new ManualResetEventSlim(), gate => gate.Set(), gate => gate.Wait())).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("SemaphoreSlim.Wait", () => Of(new SemaphoreSlim(0), semaphore => semaphore.Release(), semaphore => semaphore.Wait())).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Semaphore.WaitOne", () => Of(new Semaphore(0, 1), semaphore => semaphore.Release(), semaphore => semaphore.WaitOne()));
        yield return Case("CountdownEvent.Wait", () => Of(new CountdownEvent(1), countdown => countdown.Signal(), countdown => countdown.Wait())).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("BlockingCollection.Take", () => Of(new BlockingCollection<int>(), items => items.Add(1), items => items.Take())).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Monitor.Wait", OfMonitor).NotOnMono(Mono.TellsOfHandlesOnly);
        yield return Case("Thread.Join", OfThread).NotOnMono(Mono.TellsOfHandlesOnly).NotOnNet11(Net11.TellsOfNoJoin);
    }

    private static TestCaseData Case(string name, Func<BlockingWait> make) => new TestCaseData(make).SetArgDisplayNames(name);

    private static BlockingWait OfTask(Action<Task> block)
    {
        var source = new TaskCompletionSource();
        return new(source.SetResult, () => block(source.Task));
    }

    private static async Task<bool> AwaitAsync(Task task)
    {
        await task;
        return true;
    }

    private static BlockingWait OfEvents(int count, Action<WaitHandle[]> block)
    {
        var events = Enumerable.Range(0, count).Select(_ => new ManualResetEvent(initialState: false)).ToArray();
        return new(
            () => Array.ForEach(events, one => one.Set()),
            () => block([.. events]),
            () => Array.ForEach(events, one => one.Dispose()));
    }

    private static BlockingWait Of<T>(T primitive, Action<T> release, Action<T> block)
        where T : IDisposable =>
        new(() => release(primitive), () => block(primitive), primitive.Dispose);

    private static BlockingWait OfMonitor()
    {
        var monitor = new object();
        var isReleased = false;
        return new(
            () =>
            {
                lock (monitor)
                {
                    isReleased = true;
                    Monitor.PulseAll(monitor);
                }
            },
            () =>
            {
                lock (monitor)
                {
                    while (!isReleased)
                    {
                        Monitor.Wait(monitor);
                    }
                }
            });
    }

    private static BlockingWait OfThread()
    {
        var gate = new ManualResetEventSlim();
        var thread = new Thread(() => gate.Wait()) { IsBackground = true };
        thread.Start();
        return new(gate.Set, thread.Join, gate.Dispose);
    }

    /// <summary>A wait, and what ends it.</summary>
    public sealed class BlockingWait(Action release, Action block, Action? dispose = null) : IDisposable
    {
        public void Release() => release();

        public void Block() => block();

        public void Dispose() => dispose?.Invoke();
    }
}
