using Microsoft.Extensions.Logging;
using NUnit.Framework.Constraints;

namespace SafeLaunch.Tests.Threading;

/// <summary>Work that comes, or is still there, when the thread that it was meant for is gone.</summary>
public sealed class LateWorkTests
{
    [Test]
    public async Task A_post_after_the_end_runs_on_the_pool_and_is_logged_once()
    {
        using var log = new LogRecorder();
        var (handle, context) = await EndedAsync(log);
        var ran = new[] { Gate.NewSource<bool>(), Gate.NewSource<bool>(), Gate.NewSource<bool>() };

        foreach (var one in ran)
        {
            context.Post(_ => one.SetResult(Thread.CurrentThread.IsThreadPoolThread), null);
        }

        Assert.That(await Task.WhenAll(ran.Select(one => one.Task)).Within(), Is.All.True);
        var records = log.Of(LogEvents.PostedLate);
        Assert.That(records, Has.Count.EqualTo(1));
        Assert.That(records[0].Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(records[0].Message, Does.Contain(handle.Name));
    }

    [Test]
    public async Task A_post_after_the_end_from_another_context_sees_the_context_that_it_was_posted_to()
    {
        using var log = new LogRecorder();
        var (_, context) = await EndedAsync(log);
        await using var other = Launcher.For(() => { }).Start();
        var ran = Gate.NewSource<SynchronizationContext?>();

        await other.InvokeAsync(() => context.Post(_ => ran.SetResult(SynchronizationContext.Current), null)).Within();

        Assert.That(await ran.Task.Within(), Is.SameAs(context));
    }

    [Test]
    public async Task A_launch_that_nothing_is_posted_to_after_the_end_logs_no_late_post()
    {
        using var log = new LogRecorder();
        await EndedAsync(log);

        Assert.That(log.Of(LogEvents.PostedLate), Is.Empty);
    }

    [Test]
    public async Task A_method_that_was_still_awaiting_at_the_end_goes_on_later_and_its_finally_runs()
    {
        var handle = Launcher.For(() => { }).Start();
        var gate = Gate.NewSource();
        var finallyRan = Gate.NewSource<bool>();
        var awaiting = await handle.InvokeAsync(() => AwaitAsync()).Within();
        var outcome = await handle.StopAsync().Within();

        gate.SetResult();

        Assert.That(await finallyRan.Task.Within(), Is.True);
        Assert.That(await awaiting.Within(), Is.EqualTo(42));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));

        // Wrapped, so that it is not waited for by the call.
        async Task<Task<int>> AwaitAsync()
        {
            await Task.CompletedTask;
            return InnerAsync();
        }

        async Task<int> InnerAsync()
        {
            try
            {
                await gate.Task;
                return 42;
            }
            finally
            {
                finallyRan.SetResult(Thread.CurrentThread.IsThreadPoolThread);
            }
        }
    }

    [Test]
    public async Task A_late_error_is_logged_and_ends_neither_the_process_nor_the_next_post()
    {
        using var log = new LogRecorder();
        var (handle, context) = await EndedAsync(log);
        var error = new InvalidOperationException("late");
        var next = Gate.NewSource();

        context.Post(_ => throw error, null);
        context.Post(_ => next.SetResult(), null);
        await next.Task.Within();
        Assert.That(SpinWait.SpinUntil(() => log.Of(LogEvents.CallbackThrew).Count > 0, Gate.Patience), Is.True);

        Assert.That(log.Single(LogEvents.CallbackThrew).Exception, Is.SameAs(error));
        Assert.That((await handle.Completion.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task An_async_void_method_that_throws_after_the_end_does_not_end_the_process()
    {
        using var log = new LogRecorder();
        var handle = Launcher.For(() => { }, options => options.LoggerFactory = log.Factory).Start();
        var gate = Gate.NewSource();
        var error = new InvalidOperationException("late");
        await handle.InvokeAsync(() => ThrowLater()).Within();
        await handle.StopAsync().Within();

        gate.SetResult();

        Assert.That(SpinWait.SpinUntil(() => log.Of(LogEvents.CallbackThrew).Count > 0, Gate.Patience), Is.True);
        Assert.That(log.Single(LogEvents.CallbackThrew).Exception, Is.SameAs(error));

        async void ThrowLater()
        {
            await gate.Task;
            throw error;
        }
    }

    [Test]
    public async Task An_async_void_method_that_is_posted_after_the_end_and_throws_does_not_end_the_process()
    {
        using var log = new LogRecorder();
        var (_, context) = await EndedAsync(log);
        var error = new InvalidOperationException("late");

        context.Post(async _ => await Task.FromException(error), null);

        Assert.That(SpinWait.SpinUntil(() => log.Of(LogEvents.CallbackThrew).Count > 0, Gate.Patience), Is.True);
        Assert.That(log.Single(LogEvents.CallbackThrew).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task Send_and_InvokeAsync_throw_after_the_end_and_name_the_launch()
    {
        var (handle, context) = await EndedAsync(log: null);
        var ran = false;

        Assert.That(() => context.Send(_ => ran = true, null), IsOfTheLaunch());
        Assert.That(async () => await handle.InvokeAsync(() => { ran = true; }), IsOfTheLaunch());
        Assert.That(async () => await handle.InvokeAsync(() => ran = true), IsOfTheLaunch());
        Assert.That(async () => await handle.InvokeAsync(() => Task.FromResult(ran = true)), IsOfTheLaunch());
        Assert.That(async () => await handle.InvokeAsync(new Func<Task>(() => Task.FromResult(ran = true))), IsOfTheLaunch());
        Assert.That(ran, Is.False);

        static IResolveConstraint IsOfTheLaunch() => Throws.TypeOf<LaunchException>().With.Message.Contains("'ended'");
    }

    [Test]
    public async Task InvokeAsync_throws_at_the_call_once_the_launch_has_ended()
    {
        var (handle, _) = await EndedAsync(log: null);

        Assert.That(() => { _ = handle.InvokeAsync(() => { }); }, Throws.TypeOf<LaunchException>());
    }

    [Test]
    public async Task Work_that_is_queued_when_its_thread_is_given_up_runs_on_the_pool_or_fails()
    {
        var observer = new Observer();
        var thread = observer.StartThread(waitsPump: false);
        using var isBlocked = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        thread.Context.Post(
            _ =>
            {
                isBlocked.Set();
                gate.Wait();
            },
            null);
        isBlocked.Pass();
        var posted = Gate.NewSource<bool>();
        var wasInvoked = false;
        thread.Context.Post(_ => posted.SetResult(Thread.CurrentThread.IsThreadPoolThread), null);
        var invoking = thread.Context.InvokeAsync(() => Task.FromResult(wasInvoked = true));
        var sending = Task.Factory.StartNew(
            () => thread.Context.Send(_ => wasInvoked = true, null), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var exit = thread.CloseAsync();

        Assert.That(await posted.Task.Within(), Is.True);
        Assert.That(async () => await invoking.Within(), Throws.TypeOf<LaunchException>());
        Assert.That(async () => await sending.Within(), Throws.TypeOf<LaunchException>());
        Assert.That(wasInvoked, Is.False);
        Assert.That(observer.LatePosts, Is.EqualTo(1));
        Assert.That(exit.IsCompleted, Is.False);
        gate.Set();
        await exit.Within();
    }

    [Test]
    public async Task Work_that_is_posted_after_its_thread_was_given_up_in_a_wait_runs_on_the_pool()
    {
        var observer = new Observer();
        var thread = observer.StartThread();
        using var isBlocked = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var launchThread = Gate.NewSource<Thread>();
        thread.Context.Post(
            _ =>
            {
                launchThread.SetResult(Thread.CurrentThread);
                gate.Wait();
            },
            null);
        (await launchThread.Task.Within()).UntilWaiting();

        var exit = thread.CloseAsync();
        var posted = Gate.NewSource<bool>();
        thread.Context.Post(_ => posted.SetResult(Thread.CurrentThread.IsThreadPoolThread), null);

        Assert.That(await posted.Task.Within(), Is.True);
        gate.Set();
        await exit.Within();
    }

    [Test]
    public async Task An_abandoned_launch_still_runs_posted_work()
    {
        using var gate = new ManualResetEventSlim();
        var handle = Launcher.For(
            context =>
            {
                context.SignalReady();
                PassStubbornly(gate);
            },
            options =>
            {
                options.Name = "stubborn";
                options.StopTimeout = TimeSpan.FromMilliseconds(50);
                options.BlockingWaits = BlockingWaitBehavior.Block;
            }).Start();
        var posted = Gate.NewSource<bool>();
        handle.SynchronizationContext.Post(_ => posted.SetResult(Thread.CurrentThread.IsThreadPoolThread), null);
        var invoking = handle.InvokeAsync(() => 42);

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(await posted.Task.Within(), Is.True);
        Assert.That(async () => await invoking.Within(), Throws.TypeOf<LaunchException>().With.Message.Contains("'stubborn'"));
        gate.Set();
    }

    private static void PassStubbornly(ManualResetEventSlim gate)
    {
        while (!gate.IsSet)
        {
            try
            {
                gate.Wait();
            }
            catch (ThreadInterruptedException)
            {
                // It does not end for anybody.
            }
        }
    }

    private static async Task<(LaunchHandle Handle, SynchronizationContext Context)> EndedAsync(LogRecorder? log)
    {
        var handle = await Launcher.For(() => { }, options =>
        {
            options.Name = "ended";
            options.LoggerFactory = log?.Factory;
        }).StartAsync().Within();
        var context = handle.SynchronizationContext;
        await handle.StopAsync().Within();
        return (handle, context);
    }
}
