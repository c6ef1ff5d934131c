using System.Reflection;
using System.Runtime.ExceptionServices;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

/// <summary>Interrupts that come while the launched code that they are meant for does not run.</summary>
public sealed class LateInterruptTests
{
    [Test]
    public async Task Interrupts_of_an_idle_thread_reach_neither_its_loop_nor_the_next_work()
    {
        var launchThread = new Observer().StartThread();
        var thread = await launchThread.Context.InvokeAsync(() => Task.FromResult(Thread.CurrentThread)).Within();
        thread.UntilWaiting();
        for (var i = 0; i < 100; i++)
        {
            launchThread.Context.Interrupt();
        }

        var next = launchThread.Context.InvokeAsync(() =>
        {
            Thread.Sleep(1);
            return Task.FromResult(Thread.CurrentThread);
        });

        Assert.That(await next.Within(), Is.SameAs(thread));
        await launchThread.CloseAsync().Within();
    }

    [Test]
    public async Task An_interrupt_that_failing_work_does_not_take_hits_neither_the_report_of_its_error_nor_the_thread()
    {
        Exception? errorOfReport = null;
        var error = new InvalidOperationException("on purpose");
        var observer = new Observer { OnError = () => errorOfReport = Caught.By(() => Thread.Sleep(1)) };
        var launchThread = observer.StartThread();
        using var stand = new Stand();
        launchThread.Context.Post(
            _ =>
            {
                stand.Still();
                throw error;
            },
            null);
        stand.WaitFor();

        launchThread.Context.Interrupt();
        stand.GoOn();

        Assert.That(await launchThread.Context.InvokeAsync(() => Task.FromResult(42)).Within(), Is.EqualTo(42));
        Assert.That(errorOfReport, Is.Null);
        Assert.That(observer.Errors, Is.EqualTo(new[] { error }));
        await launchThread.CloseAsync().Within();
    }

    [Test]
    [NotOnMono("its queue has no such lock")]
    public async Task An_interrupt_that_hits_the_queue_between_two_pieces_of_work_does_not_end_the_service()
    {
        // Enough work that the queue changes to its next segment, for which it takes a lock.
        const int Many = 200;
        var launchThread = new Observer().StartThread();
        var thread = await launchThread.Context.InvokeAsync(() => Task.FromResult(Thread.CurrentThread)).Within();
        using var stand = new Stand();
        using var isThrown = new ManualResetEventSlim();
        AppDomain.CurrentDomain.FirstChanceException += See;
        var ran = 0;
        launchThread.Context.Post(_ => stand.Still(), null);
        stand.WaitFor();
        for (var i = 0; i < Many; i++)
        {
            launchThread.Context.Post(_ => ran++, null);
        }

        lock (LockOfItems(launchThread.Context))
        {
            stand.GoOn();
            thread.UntilWaiting();
            Assert.That(launchThread.Context.Interrupt(), Is.True);
            isThrown.Pass();
        }

        AppDomain.CurrentDomain.FirstChanceException -= See;
        Assert.That(await launchThread.Context.InvokeAsync(() => Task.FromResult(ran)).Within(), Is.EqualTo(Many));
        await launchThread.CloseAsync().Within();

        void See(object? sender, FirstChanceExceptionEventArgs args)
        {
            if (Thread.CurrentThread == thread)
            {
                isThrown.Set();
            }
        }
    }

    [Test]
    public async Task A_launch_whose_thread_is_idle_at_the_first_interrupt_is_interrupted_later()
    {
        using var log = new LogRecorder();
        var gate = Gate.NewSource();
        var handle = Launcher.For(
            async context =>
            {
                context.SignalReady();
                await gate.Task;
                Thread.Sleep(Timeout.Infinite);
            },
            options =>
            {
                InterruptAtOnce(options);
                options.LoggerFactory = log.Factory;
            }).Start();

        var stop = handle.StopAsync();
        Assert.That(SpinWait.SpinUntil(() => log.Of(LogEvents.Interrupting).Count > 0, Gate.Patience), Is.True);

        // By then the second interrupt is due too, since it is due in a launch that is interrupted later.
        await InterruptTwiceElsewhereAsync();
        gate.SetResult();

        Assert.That((await stop.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    private static void InterruptAtOnce(LaunchOptions options)
    {
        options.StopTimeout = TimeSpan.FromMinutes(10);
        options.InterruptAfter = TimeSpan.Zero;
    }

    private static async Task InterruptTwiceElsewhereAsync()
    {
        var handle = Launcher.For(
            context =>
            {
                context.SignalReady();
                Assert.Throws<ThreadInterruptedException>(() => Thread.Sleep(Timeout.Infinite));
                Thread.Sleep(Timeout.Infinite);
            },
            InterruptAtOnce).Start();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    private static object LockOfItems(LaunchSynchronizationContext context)
    {
        var queue = Field(context, "queue");
        return Field(Field(queue, "items"), "_crossSegmentLock");

        static object Field(object owner, string name) =>
            owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;
    }
}
