using Nito.AsyncEx;

namespace SafeLaunch.Tests.Threading;

/// <summary>Work that waits while the launch thread stays in code that does not serve it.</summary>
public sealed class UnservedWorkTests
{
    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(50);

    [TestCaseSource(nameof(UnservingWaits))]
    public async Task Work_that_is_not_served_is_reported_once_for(Action<Task> wait)
    {
        var isReported = new TaskCompletionSource();
        var observer = new Observer { OnUnserved = () => isReported.TrySetResult() };
        var launchThread = observer.StartThread(workMayWait: Shortly);

        await launchThread.Context.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => { }, null);
            wait(isReported.Task);
            return Task.FromResult(true);
        }).Within();
        await StallOnceAsync(launchThread, UntilReportedElsewhere);

        Assert.That(observer.Unserved, Is.EqualTo(1));
        await launchThread.CloseAsync().Within();
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task Work_that_waits_for_a_thread_in_a_pumping_wait_is_not_reported()
    {
        var observer = new Observer();
        var launchThread = observer.StartThread(workMayWait: Shortly);

        await launchThread.Context.InvokeAsync(() =>
        {
            var clock = Task.Run(UntilReportedElsewhere);
            Task.Run(() =>
            {
                while (!clock.IsCompleted)
                {
                    launchThread.Context.Send(_ => { }, null);
                }
            }).Wait();
            return Task.FromResult(true);
        }).Within();

        Assert.That(observer.Unserved, Is.Zero);
        await launchThread.CloseAsync().Within();
    }

    [Test]
    public async Task A_thread_that_stays_in_launched_code_while_nothing_is_queued_is_not_reported()
    {
        var observer = new Observer();
        var launchThread = observer.StartThread(workMayWait: Shortly);

        await launchThread.Context.InvokeAsync(() =>
        {
            UntilReportedElsewhere();
            return Task.FromResult(true);
        }).Within();

        Assert.That(observer.Unserved, Is.Zero);
        await launchThread.CloseAsync().Within();
    }

    [Test]
    public async Task Work_that_was_served_before_a_long_piece_of_code_and_work_that_comes_in_it_are_distinguished()
    {
        var isReported = new TaskCompletionSource();
        var observer = new Observer { OnUnserved = () => isReported.TrySetResult() };
        var launchThread = observer.StartThread(workMayWait: Shortly);
        for (var i = 0; i < 100; i++)
        {
            launchThread.Context.Post(_ => { }, null);
        }

        await StallOnceAsync(launchThread, UntilReportedElsewhere);
        var reportedBefore = observer.Unserved;
        using var stand = new Stand();
        launchThread.Context.Post(_ => stand.Still(), null);
        stand.WaitFor();
        launchThread.Context.Post(_ => { }, null);
        await isReported.Task.Within();
        stand.GoOn();

        Assert.That(reportedBefore, Is.Zero);
        Assert.That(observer.Unserved, Is.EqualTo(1));
        await launchThread.CloseAsync().Within();
    }

    [TestCase(BlockingWaits.Pump, "another synchronization context or none")]
    [TestCase(BlockingWaits.Block, "BlockingWaits.Block")]
    public async Task A_launch_warns_of_work_that_waits_and_says_how_it_may_come(BlockingWaits waits, string cause)
    {
        using var log = new LogRecorder();
        var options = new LaunchOptions { Name = "busy", LoggerFactory = log.Factory, BlockingWaits = waits, WorkMayWait = Shortly };
        await using var handle = Launcher.Start(() => { }, options);

        var busy = handle.InvokeAsync(() => SpinWait.SpinUntil(() => log.Of(LogEvents.WorkUnserved).Count > 0, Gate.Patience));
        handle.SynchronizationContext.Post(_ => { }, null);
        handle.SynchronizationContext.Post(_ => { }, null);

        Assert.That(await busy.Within(), Is.True);
        Assert.That(log.Of(LogEvents.WorkUnserved).Single().Message, Does.Contain("'busy'").And.Contain("00:00:00.05").And.Contain(cause));
    }

    private static IEnumerable<TestCaseData> UnservingWaits()
    {
        yield return Case("a wait under no synchronization context", ended => Under(null, ended.Wait));
        yield return Case("a wait under another synchronization context", ended => Under(new(), ended.Wait));
        yield return Case("AsyncContext.Run", ended => AsyncContext.Run(() => ended));
        yield return Case("Thread.Sleep in a loop", ended => Until(ended, () => Thread.Sleep(1)));
        yield return Case("a loop", ended => Until(ended, () => Thread.SpinWait(100)));
        yield return Case("a lock acquisition", ended =>
        {
            var held = new object();
            using var isHeld = new ManualResetEventSlim();
            TestLaunch.OnThread(() =>
            {
                lock (held)
                {
                    isHeld.Set();
                    ended.Wait(Gate.Patience);
                }
            });
            SpinWait.SpinUntil(() => isHeld.IsSet);
            lock (held)
            {
            }
        });
    }

    private static TestCaseData Case(string name, Action<Task> wait) => new TestCaseData(wait).SetArgDisplayNames(name);

    private static void Until(Task ended, Action step) =>
        Assert.That(
            SpinWait.SpinUntil(
                () =>
                {
                    step();
                    return ended.IsCompleted;
                },
                Gate.Patience),
            Is.True);

    private static void Under(SynchronizationContext? context, Action action)
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        action();
        SynchronizationContext.SetSynchronizationContext(previous);
    }

    /// <summary>One long piece of code. What the test posts after it comes when that has ended.</summary>
    private static Task<bool> StallOnceAsync(SafeLaunch.Threading.LaunchThread launchThread, Action stall) =>
        launchThread.Context.InvokeAsync(() =>
        {
            stall();
            return Task.FromResult(true);
        }).Within();

    /// <summary>A clock of the same kind: as long as work needs to be reported in another launch, begun after this one.</summary>
    private static void UntilReportedElsewhere()
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        using var isReported = new ManualResetEventSlim();
        var elsewhere = new Observer { OnUnserved = isReported.Set }.StartThread(workMayWait: Shortly + Shortly);
        using var stand = new Stand();
        elsewhere.Context.Post(_ => stand.Still(), null);
        stand.WaitFor();
        elsewhere.Context.Post(_ => { }, null);
        elsewhere.Context.Post(_ => { }, null);
        SpinWait.SpinUntil(() => isReported.IsSet, Gate.Patience);
        stand.GoOn();
        elsewhere.CloseAsync().Wait();
        SynchronizationContext.SetSynchronizationContext(previous);
    }
}
