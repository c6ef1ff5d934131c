using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>A launch that cannot be ended is abandoned.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AbandonTests
{
    private static readonly Action<LaunchOptions> Short = options => options.StopTimeout = TestLaunch.ShortStop;

    [Test]
    public async Task A_delegate_that_ignores_the_stop_and_its_interrupts_is_abandoned_within_the_bound()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(TestLaunch.UntilOpened(gate), options =>
        {
            options.Name = "stubborn";
            options.StopTimeout = TestLaunch.ShortStop;
        }).Start();

        var outcome = await handle.StopWithinBoundAsync();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Contain($"'stubborn' ({outcome.ThreadId})").And.Contain("abandoned"));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
    }

    [Test]
    public async Task An_asynchronous_delegate_that_ignores_the_stop_is_abandoned_and_the_log_does_not_blame_its_thread()
    {
        using var log = new LogRecorder();
        var never = Gate.NewSource();
        await using var handle = await Launcher.For(
            async context =>
            {
                context.SignalReady();
                await never.Task;
            },
            options =>
            {
                options.StopTimeout = TestLaunch.ShortStop;
                options.LoggerFactory = log.Factory;
            }).StartAsync().Within();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(log.Single(LogEvents.Abandoned).Message, Does.Contain("The task of its delegate").And.Contain("is free").And.Not.Contain("not even interrupted"));
        never.SetResult();
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task A_crash_whose_thread_does_not_end_stays_a_crash_and_says_so()
    {
        using var gate = new ManualResetEventSlim();
        var error = new InvalidOperationException("posted");
        await using var handle = Launcher.For(
            context =>
            {
                context.SynchronizationContext.Post(_ => throw error, null);
                TestLaunch.UntilOpened(gate)(context);
            },
            Short).Start();

        var outcome = await handle.EndAsync();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
        Assert.That(outcome.Reason, Does.Contain("abandoned"));
    }

    [Test]
    [NotOnMono("its garbage collector takes what it finds on the stack for an object, and so may keep one that nobody has")]
    public async Task No_task_of_an_abandoned_launch_leaves_an_unobserved_exception()
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
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.Name = "unobserved";
            options.StopTimeout = TestLaunch.ShortStop;
            options.BlockingWaits = BlockingWaitBehavior.Block;
        }).Start();
        handle.SynchronizationContext.Post(
            _ => TestLaunch.WaitStubbornly(gate),
            null);
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        gate.Set();
    }
}
