using Nito.AsyncEx;

namespace SafeLaunch.Tests.Threading;

/// <summary>Work that waits while the thread of a context stays in code that does not serve it.</summary>
public sealed class QueueWatchTests
{
    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(50);

    /// <summary>Longer than a busy machine keeps a thread that has been woken from its processor.</summary>
    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(2);

    [TestCaseSource(nameof(UnservingWaits))]
    public async Task Work_that_waits_for_a_blocked_thread_is_reported_once(Action<Task> wait)
    {
        var isReported = new TaskCompletionSource();
        var observer = new Observer { OnUnserved = () => isReported.TrySetResult() };
        var launchThread = observer.StartThread(unservedWorkTimeout: Shortly);

        await launchThread.Context.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => { }, null);
            wait(isReported.Task);
            return Task.FromResult(true);
        }).Within();
        await StallOnceAsync(launchThread, () => UntilReportedElsewhere(Shortly));

        Assert.That(observer.Unserved, Is.EqualTo(1));
        await launchThread.CloseAsync().Within();
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task Work_that_waits_for_a_thread_in_a_pumping_wait_is_not_reported()
    {
        var observer = new Observer();
        var launchThread = observer.StartThread(unservedWorkTimeout: Longer);

        await launchThread.Context.InvokeAsync(() =>
        {
            var clock = Task.Run(() => UntilReportedElsewhere(Longer));
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
        var launchThread = observer.StartThread(unservedWorkTimeout: Shortly);

        await launchThread.Context.InvokeAsync(() =>
        {
            UntilReportedElsewhere(Shortly);
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
        var launchThread = observer.StartThread(unservedWorkTimeout: Shortly);
        for (var i = 0; i < 100; i++)
        {
            launchThread.Context.Post(_ => { }, null);
        }

        await StallOnceAsync(launchThread, () => UntilReportedElsewhere(Shortly));
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

    [Test]
    public async Task Work_is_unserved_as_long_as_it_waits_and_again_when_it_waits_again()
    {
        var isReported = new TaskCompletionSource();
        var observer = new Observer { OnUnserved = () => isReported.TrySetResult() };
        var launchThread = observer.StartThread(unservedWorkTimeout: Shortly);

        for (var i = 0; i < 2; i++)
        {
            using var stand = new Stand();
            launchThread.Context.Post(_ => stand.Still(), null);
            stand.WaitFor();
            Assert.That(launchThread.Context.UnservedFor, Is.Null);
            launchThread.Context.Post(_ => { }, null);
            Assert.That(SpinWait.SpinUntil(() => launchThread.Context.UnservedFor >= Shortly, Gate.Patience), Is.True);
            stand.GoOn();
            await launchThread.Context.InvokeAsync(() => Task.FromResult(true)).Within();
            Assert.That(launchThread.Context.UnservedFor, Is.Null);
        }

        await isReported.Task.Within();
        Assert.That(observer.Unserved, Is.EqualTo(1));
        await launchThread.CloseAsync().Within();
    }

    [Test]
    public async Task With_an_infinite_timeout_no_work_is_unserved()
    {
        var observer = new Observer();
        var launchThread = observer.StartThread(unservedWorkTimeout: Timeout.InfiniteTimeSpan);

        await launchThread.Context.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => { }, null);
            UntilReportedElsewhere(Shortly);
            return Task.FromResult(true);
        }).Within();

        Assert.That(observer.Unserved, Is.Zero);
        await launchThread.CloseAsync().Within();
    }

    private static IEnumerable<TestCaseData> UnservingWaits()
    {
        yield return Case("a wait under no synchronization context", ended => Stalls.Under(null, ended.Wait));
        yield return Case("a wait under another synchronization context", ended => Stalls.Under(new(), ended.Wait));
        yield return Case("AsyncContext.Run", ended => AsyncContext.Run(() => ended));
        yield return Case("Thread.Sleep in a loop", ended => Stalls.Until(ended, () => Thread.Sleep(1)));
        yield return Case("a loop", ended => Stalls.Until(ended, () => Thread.SpinWait(100)));
        yield return Case("a lock acquisition", Stalls.AcquireHeldLock);
    }

    private static TestCaseData Case(string name, Action<Task> wait) => new TestCaseData(wait).SetArgDisplayNames(name);

    /// <summary>One long piece of code. What the test posts after it comes when that has ended.</summary>
    private static Task<bool> StallOnceAsync(SafeLaunch.Threading.LaunchThread launchThread, Action stall) =>
        launchThread.Context.InvokeAsync(() =>
        {
            stall();
            return Task.FromResult(true);
        }).Within();

    /// <summary>Until another thread whose work may wait twice as long has been reported.</summary>
    private static void UntilReportedElsewhere(TimeSpan timeout)
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        using var isReported = new ManualResetEventSlim();
        var elsewhere = new Observer { OnUnserved = isReported.Set }.StartThread(unservedWorkTimeout: timeout + timeout);
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
