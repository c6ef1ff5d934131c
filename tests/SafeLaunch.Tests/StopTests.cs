using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using SafeLaunch.Tests.Threading;

namespace SafeLaunch.Tests;

/// <summary>The stop ladder: what each step does, and that none keeps the others from theirs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StopTests
{
    private static readonly LaunchOptions Short = new() { StopTimeout = TestLaunch.ShortStop };

    [Test]
    public async Task StopWith_is_called_once_however_often_stop_is()
    {
        var calls = 0;
        await using var handle = Launcher.Start(TestLaunch.UntilStopped, new()
        {
            StopWith = _ =>
            {
                Interlocked.Increment(ref calls);
                return Task.CompletedTask;
            },
        });

        await Task.WhenAll(handle.StopAsync(), handle.StopAsync()).Within();
        handle.Stop();

        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public async Task The_steps_come_in_their_order()
    {
        var steps = new ConcurrentQueue<string>();
        await using var handle = Launcher.Start(
            context =>
            {
                context.Stopping.Register(() => steps.Enqueue("Stopping"));
                return new Disposable(() => steps.Enqueue("disposed"));
            },
            new()
            {
                StopWith = _ =>
                {
                    steps.Enqueue("StopWith");
                    return Task.CompletedTask;
                },
            });

        await handle.StopAsync().Within();

        Assert.That(steps, Is.EqualTo(new[] { "Stopping", "StopWith", "disposed" }));
    }

    [Test]
    public async Task Steps_that_throw_keep_none_from_the_next_and_lose_no_error()
    {
        var errors = new Exception[] { new InvalidOperationException("1"), new InvalidOperationException("2"), new InvalidOperationException("3") };
        await using var handle = Launcher.Start(
            context =>
            {
                context.Stopping.Register(() => throw errors[0]);
                return new Disposable(() => throw errors[2]);
            },
            new() { StopWith = _ => throw errors[1] });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(((AggregateException)outcome.Exception!).InnerExceptions, Is.EqualTo(errors));
    }

    [Test]
    public async Task A_callback_of_Stopping_that_throws_is_in_the_outcome_as_it_is()
    {
        var error = new InvalidOperationException("callback");
        await using var handle = Launcher.Start(TestLaunch.UntilStopped);
        handle.Stopping.Register(() => throw error);

        Assert.That((await handle.StopAsync().Within()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_callback_of_Stopping_that_is_cancelled_is_no_error()
    {
        await using var handle = Launcher.Start(TestLaunch.UntilStopped);
        handle.Stopping.Register(handle.Stopping.ThrowIfCancellationRequested);

        Assert.That((await handle.StopAsync().Within()).Exception, Is.Null);
    }

    [Test]
    public async Task A_StopWith_that_fails_later_is_in_the_outcome_as_it_is()
    {
        var error = new InvalidOperationException("later");
        await using var handle = Launcher.Start(TestLaunch.UntilStopped, new()
        {
            StopWith = async _ =>
            {
                await Task.Yield();
                throw error;
            },
        });

        Assert.That((await handle.StopAsync().Within()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_StopWith_that_hangs_is_cancelled_at_the_time_out_and_reported()
    {
        var cancelled = Gate.NewSource();
        var disposed = false;
        await using var handle = Launcher.Start(
            () => new Disposable(() => disposed = true),
            new()
            {
                Name = "hung",
                StopTimeout = TestLaunch.ShortStop,
                StopWith = token =>
                {
                    token.Register(() => cancelled.TrySetResult());
                    return new TaskCompletionSource().Task;
                },
            });

        var clock = Stopwatch.StartNew();
        var outcome = await handle.StopAsync().Within();

        Assert.That(clock.Elapsed, Is.LessThan(TestLaunch.ShortStop + TestLaunch.StopMargin));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("'hung'").And.Message.Contains("StopWith"));
        Assert.That(disposed, Is.True, "the next step was taken");
        await cancelled.Task.Within();
    }

    [Test]
    public async Task A_StopWith_that_ends_by_its_token_is_reported()
    {
        await using var handle = Launcher.Start(TestLaunch.UntilStopped, new()
        {
            StopTimeout = TestLaunch.ShortStop,
            StopWith = token => Task.Delay(Timeout.Infinite, token),
        });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("StopWith"));
    }

    [Test]
    public async Task To_dispose_of_the_handle_is_to_stop_the_launch()
    {
        var handle = Launcher.Start(TestLaunch.UntilStopped);

        await handle.DisposeAsync();

        Assert.That(handle.Completion.IsCompleted, Is.True);
        Assert.That((await handle.EndAsync()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_StopWith_that_fails_after_its_share_of_the_time_is_in_the_outcome()
    {
        var isDisposed = Gate.NewSource();
        var error = new InvalidOperationException("late");
        await using var handle = Launcher.Start(
            () => new Disposable(isDisposed.SetResult),
            new()
            {
                StopTimeout = TimeSpan.FromSeconds(1),
                StopWith = async _ =>
                {
                    await isDisposed.Task;
                    throw error;
                },
            });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_StopWith_that_blocks_is_bounded()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.Start(TestLaunch.UntilStopped, new()
        {
            StopTimeout = TestLaunch.ShortStop,
            StopWith = _ =>
            {
                gate.Pass();
                return Task.CompletedTask;
            },
        });

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("StopWith"));
    }

    [Test]
    public async Task A_StopWith_may_take_all_of_the_stop_time_out()
    {
        // More than the share after which the next step begins, and far less than the whole.
        var stopTimeout = TimeSpan.FromSeconds(8);
        var slow = Gate.NewSource();
        var hasEnded = false;
        await using var handle = Launcher.Start(
            () => new Disposable(slow.SetResult),
            new()
            {
                StopTimeout = stopTimeout,
                StopWith = async token =>
                {
                    await slow.Task;
                    await Task.Delay(TimeSpan.FromMilliseconds(50), token);
                    hasEnded = true;
                },
            });

        var outcome = await handle.StopAsync().Within();

        Assert.That(hasEnded, Is.True);
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task A_callback_of_Stopping_that_hangs_is_bounded_and_reported()
    {
        using var gate = new ManualResetEventSlim();
        var wasAsked = false;
        await using var handle = Launcher.Start(TestLaunch.UntilStopped, new()
        {
            StopTimeout = TestLaunch.ShortStop,
            StopWith = _ =>
            {
                wasAsked = true;
                return Task.CompletedTask;
            },
        });
        handle.Stopping.Register(gate.Pass);

        var clock = Stopwatch.StartNew();
        var outcome = await handle.StopAsync().Within();
        var elapsed = clock.Elapsed;
        gate.Set();

        Assert.That(elapsed, Is.LessThan(TestLaunch.ShortStop + TestLaunch.StopMargin));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("Stopping"));
        Assert.That(wasAsked, Is.True, "the next step was taken");
    }

    [Test]
    public async Task A_dispose_that_throws_is_in_the_outcome_as_it_is()
    {
        var error = new InvalidOperationException("dispose");
        await using var handle = Launcher.Start(() => new Disposable(() => throw error));

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_dispose_that_hangs_is_bounded_and_reported()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.Start(() => new Disposable(gate.Pass), Short);

        var clock = Stopwatch.StartNew();
        var outcome = await handle.StopAsync().Within();
        var elapsed = clock.Elapsed;
        gate.Set();

        Assert.That(elapsed, Is.LessThan(TestLaunch.ShortStop + TestLaunch.StopMargin));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("disposing"));
    }

    [Test]
    public async Task A_delegate_that_sleeps_is_interrupted()
    {
        await using var handle = Launcher.Start(TestLaunch.UntilInterrupted, Short);

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Does.Contain("interrupted"));
        Assert.That(outcome.Exception, Is.Null, "the interrupt is of the stop's own making");
    }

    [Test]
    public async Task A_delegate_that_waits_for_ever_is_interrupted_though_its_wait_pumps()
    {
        using var never = new ManualResetEventSlim();
        await using var handle = Launcher.Start(
            (LaunchContext context) =>
            {
                context.SignalReady();
                never.Wait();
            },
            Short);

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Does.Contain("interrupted"));
    }

    [Test]
    public async Task A_delegate_that_survives_one_interrupt_is_interrupted_again()
    {
        var interrupts = 0;
        await using var handle = Launcher.Start(
            (LaunchContext context) =>
            {
                context.SignalReady();
                while (interrupts < 3)
                {
                    try
                    {
                        Thread.Sleep(Timeout.Infinite);
                    }
                    catch (ThreadInterruptedException)
                    {
                        interrupts++;
                    }
                }
            },
            Short);

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(interrupts, Is.EqualTo(3));
    }

    [Test]
    public async Task An_interrupt_that_comes_too_late_does_no_harm()
    {
        var log = new FakeLogger();
        await using var handle = Launcher.Start(
            (LaunchContext context) =>
            {
                context.SignalReady();

                // It computes, so that the interrupt finds no wait to end, and it returns with that still to come.
                var clock = new Stopwatch();
                while (clock.Elapsed < TimeSpan.FromMilliseconds(20))
                {
                    if (!clock.IsRunning && log.Collector.GetSnapshot().Any(record => record.Id.Id == 6))
                    {
                        clock.Start();
                    }
                }
            },
            new() { StopTimeout = TestLaunch.ShortStop, LoggerFactory = new OneLogger(log) });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task A_delegate_that_ignores_all_of_it_is_abandoned_within_the_bound()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.Start(TestLaunch.UntilOpened(gate), new() { Name = "stubborn", StopTimeout = TestLaunch.ShortStop });

        var clock = Stopwatch.StartNew();
        var outcome = await handle.StopAsync().Within();
        var elapsed = clock.Elapsed;
        gate.Set();

        Assert.That(elapsed, Is.LessThan(TestLaunch.ShortStop + TestLaunch.StopMargin));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Contain($"'stubborn' ({outcome.ThreadId})").And.Contain("abandoned"));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
    }

    [Test]
    public async Task An_asynchronous_delegate_that_ignores_stop_is_abandoned_too_and_the_log_does_not_blame_its_thread()
    {
        using var log = new LogRecorder();
        var never = Gate.NewSource();
        await using var handle = await Launcher.StartAsync(
            async context =>
            {
                context.SignalReady();
                await never.Task;
            },
            new() { StopTimeout = Short.StopTimeout, LoggerFactory = log.Factory }).Within();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(log.Of(LogEvents.Abandoned).Single().Message, Does.Contain("The task of its delegate").And.Contain("is free").And.Not.Contain("not even interrupted"));
        never.SetResult();
    }

    [Test]
    public async Task A_hanging_StopWith_and_a_stubborn_delegate_share_the_one_bound()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.Start(
            context =>
            {
                context.Stopping.Register(gate.Pass);
                TestLaunch.UntilOpened(gate)(context);
                return new Disposable(() => { });
            },
            new() { StopTimeout = TestLaunch.ShortStop, StopWith = _ => new TaskCompletionSource().Task });

        var clock = Stopwatch.StartNew();
        var outcome = await handle.StopAsync().Within();
        var elapsed = clock.Elapsed;
        gate.Set();

        Assert.That(elapsed, Is.LessThan(TestLaunch.ShortStop + TestLaunch.StopMargin));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(((AggregateException)outcome.Exception!).InnerExceptions, Has.Count.EqualTo(2).And.All.TypeOf<LaunchTimeoutException>());
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_crash_whose_thread_does_not_end_stays_a_crash_and_says_so()
    {
        using var gate = new ManualResetEventSlim();
        var error = new InvalidOperationException("posted");
        await using var handle = Launcher.Start(
            context =>
            {
                context.SynchronizationContext.Post(_ => throw error, null);
                TestLaunch.UntilOpened(gate)(context);
            },
            Short);

        var outcome = await handle.EndAsync();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
        Assert.That(outcome.Reason, Does.Contain("abandoned"));
    }

    [Test]
    public async Task Work_that_is_queued_when_the_delegate_ends_still_runs()
    {
        var hasRun = false;
        await using var handle = Launcher.Start(context =>
        {
            TestLaunch.UntilStopped(context);
            context.SynchronizationContext.Post(_ => hasRun = true, null);
        });

        await handle.StopAsync().Within();

        Assert.That(hasRun, Is.True);
    }

    [Test]
    public void Many_threads_may_stop_and_all_get_the_same_outcome()
    {
        var handle = Launcher.Start(TestLaunch.UntilStopped);
        using var start = new ManualResetEventSlim();
        var outcomes = new LaunchOutcome[12];
        var threads = Enumerable.Range(0, outcomes.Length).Select(i => TestLaunch.OnThread(() =>
        {
            start.Pass();
            if (i % 3 == 0)
            {
                handle.Dispose();
            }

            outcomes[i] = i % 2 == 0 ? handle.Stop() : handle.StopAsync().GetAwaiter().GetResult();
        })).ToArray();

        start.Set();
        Array.ForEach(threads, thread => thread.JoinInTime());

        Assert.That(outcomes, Has.All.SameAs(handle.Stop()));
        Assert.That(handle.Stop().Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task The_token_of_StopAsync_ends_only_the_wait()
    {
        using var cancel = new CancellationTokenSource();
        var gate = Gate.NewSource();
        await using var handle = await Launcher.StartAsync(async context =>
        {
            context.SignalReady();
            await gate.Task;
        }).Within();
        var stopping = handle.StopAsync(cancel.Token);

        await cancel.CancelAsync();

        Assert.That(async () => await stopping.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(handle.State, Is.EqualTo(LaunchState.Stopping));
        gate.SetResult();
        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task A_token_that_is_cancelled_before_still_asks_for_the_stop()
    {
        using var end = new ManualResetEventSlim();
        await using var handle = Launcher.Start(TestLaunch.UntilOpened(end));

        Assert.That(async () => await handle.StopAsync(new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        end.Set();
        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public void A_UI_thread_that_the_launched_code_posts_to_may_wait_for_the_stop()
    {
        LaunchOutcome? outcome = null;
        using var uiPosts = new BlockingCollection<Action>();
        var ui = TestLaunch.OnThread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new UiContext(uiPosts));
            using var handle = Launcher.Start(context =>
            {
                context.SignalReady();
                context.Stopping.WaitHandle.WaitOne();
                uiPosts.Add(() => { });
            });
            handle.Stopping.Register(() => uiPosts.Add(() => { }));
            outcome = handle.Stop();
        });

        ui.JoinInTime();

        Assert.That(outcome!.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(uiPosts, Has.Count.EqualTo(2), "none of them had to run");
    }

    [Test]
    public void A_UI_thread_may_dispose_of_a_launch_that_it_started_asynchronously()
    {
        using var uiPosts = new BlockingCollection<Action>();
        var ui = TestLaunch.OnThread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new UiContext(uiPosts));
            var handle = Launcher.StartAsync(TestLaunch.UntilStopped).GetAwaiter().GetResult();
            handle.DisposeAsync().AsTask().GetAwaiter().GetResult();
        });

        ui.JoinInTime();

        Assert.That(uiPosts, Is.Empty);
    }

    [Test]
    [NotOnMono("its garbage collector takes what it finds on the stack for an object, and so may keep one that nobody has")]
    public async Task Nothing_is_left_unobserved()
    {
        var unobserved = new ConcurrentQueue<string>();
        void Collect(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Enqueue(e.Exception.ToString());
        TaskScheduler.UnobservedTaskException += Collect;
        try
        {
            await Task.Run(AbandonWithWorkInTheQueueAsync).Within();
            LeaveAnError("control");
            Assert.That(SpinWait.SpinUntil(HasComeToLight, Gate.Patience), Is.True);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Collect;
        }

        Assert.That(unobserved.Where(error => error.Contains("'unobserved'", StringComparison.Ordinal)), Is.Empty);

        bool HasComeToLight()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return unobserved.Any(error => error.Contains("control", StringComparison.Ordinal));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void LeaveAnError(string message) => _ = Task.FromException(new InvalidOperationException(message));
    }

    private static async Task AbandonWithWorkInTheQueueAsync()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.Start(() => { }, new() { Name = "unobserved", StopTimeout = TestLaunch.ShortStop, BlockingWaits = BlockingWaits.Block });
        handle.SynchronizationContext.Post(
            _ => TestLaunch.WaitStubbornly(gate),
            null);
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        gate.Set();
    }

    private sealed class Disposable(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }

    /// <summary>Of a blocked thread: posted work waits, and a Send would wait for ever.</summary>
    private sealed class UiContext(BlockingCollection<Action> posts) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => posts.Add(() => d(state));

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();
    }

    private sealed class OneLogger(ILogger logger) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
            // There is nothing to release.
        }
    }
}
