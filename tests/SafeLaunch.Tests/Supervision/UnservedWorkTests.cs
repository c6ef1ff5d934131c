using Nito.AsyncEx;
using SafeLaunch.Tests.Threading;

namespace SafeLaunch.Tests.Supervision;

/// <summary>What a launch says of work that waits while its thread stays in code that does not serve it.</summary>
public sealed class UnservedWorkTests
{
    /// <summary>Longer than a thread needs from one statement to the next.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(300);

    [TestCaseSource(nameof(Activities))]
    public async Task A_launch_warns_once_of_work_that_waits_and_says_what_its_thread_does_and_what_helps(BlockingWaitBehavior waits, Action<Task> stall, string activity, string remedy, bool blocks)
    {
        using var log = new LogRecorder();
        Action<LaunchOptions> configure = options =>
        {
            options.Name = "busy";
            options.LoggerFactory = log.Factory;
            options.BlockingWaits = waits;
            options.UnservedWorkTimeout = LongEnough;
        };
        await using var handle = Launcher.For(() => { }, configure).Start();
        var thread = await handle.ThreadAsync();
        var isLogged = Task.Run(() => SpinWait.SpinUntil(() => log.Of(LogEvents.WorkUnserved).Count > 0, Gate.Patience));

        // Once without a stall: a busy machine takes long to compile what leads to the wait, and the thread then runs at the moment of the warning.
        await handle.InvokeAsync(() => stall(Task.CompletedTask)).Within();
        var busy = handle.InvokeAsync(() => stall(isLogged));
        if (blocks)
        {
            thread.UntilResting();
        }

        handle.SynchronizationContext.Post(_ => { }, null);
        handle.SynchronizationContext.Post(_ => { }, null);
        await busy.Within();

        Assert.That(log.Single(LogEvents.WorkUnserved).Message, Does.Contain("'busy'").And.Contain("00:00:00.3").And.Contain(activity).And.Contain(remedy));
    }

    private static IEnumerable<TestCaseData> Activities()
    {
        const BlockingWaitBehavior pump = BlockingWaitBehavior.Pump;
        var waits = ("waits under another synchronization context or none, waits for a lock, or sleeps", "Let it await, or wait under the launch's synchronization context.");
        var runs = ("runs a loop, computes, or is blocked outside of .NET", "Move that code to another thread");
        yield return Activity("a wait under another synchronization context", pump, ended => Stalls.Under(new(), ended.Wait), waits);
        yield return Activity("AsyncContext.Run", pump, ended => AsyncContext.Run(() => ended), waits);
        yield return Activity("Thread.Sleep", pump, ended => Stalls.Until(ended, () => Thread.Sleep(1_000)), waits);
        yield return Activity("a loop", pump, ended => Stalls.Until(ended, () => Thread.SpinWait(100)), runs);
        yield return Activity(
            "a wait with BlockingWaitBehavior.Block",
            BlockingWaitBehavior.Block,
            ended => ended.Wait(Gate.Patience),
            ("waits, which serves nothing with BlockingWaitBehavior.Block, or sleeps", "Let it await."));
        yield return Activity(
            "a lock acquisition",
            pump,
            Stalls.AcquireHeldLock,
            ($"is blocked in {typeof(Stalls).FullName}.{nameof(Stalls.AcquireHeldLock)}", "Hold that lock for a shorter time")).NotOnMono(Mono.TellsOfHandlesOnly);
    }

    private static TestCaseData Activity(string name, BlockingWaitBehavior waits, Action<Task> stall, (string Activity, string Remedy) said) =>
        new TestCaseData(waits, stall, said.Activity, said.Remedy, !said.Activity.StartsWith("runs", StringComparison.Ordinal)).SetArgDisplayNames(name);
}
