using System.Reflection;
using System.Runtime.ExceptionServices;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Threading;

public sealed class LaunchThreadEndTests
{
    [Test]
    public async Task A_launch_thread_that_waits_for_work_ends_without_an_exception()
    {
        var launchThread = new Observer().StartThread();
        var thread = await launchThread.Context.InvokeAsync(() => Task.FromResult(Thread.CurrentThread)).Within();
        thread.UntilWaiting();
        var thrown = 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;

        await launchThread.CloseAsync().Within();
        thread.JoinInTime();

        AppDomain.CurrentDomain.FirstChanceException -= Count;
        Assert.That(thrown, Is.Zero);

        void Count(object? sender, FirstChanceExceptionEventArgs args) => thrown += Thread.CurrentThread == thread ? 1 : 0;
    }

    [Test]
    public async Task A_launch_thread_that_is_closed_at_any_moment_ends()
    {
        const int Many = 300;
        for (var i = 0; i < Many; i++)
        {
            var launchThread = new Observer().StartThread();
            var invoked = launchThread.Context.InvokeAsync(() => Task.FromResult(i));
            if (i % 3 > 0)
            {
                await invoked.Within();
            }

            Thread.SpinWait(i * 10);
            var exit = launchThread.CloseAsync();
            await exit.Within();

            Assert.That(exit.Status, Is.EqualTo(TaskStatus.RanToCompletion));
        }
    }

    [Test]
    public async Task A_launch_thread_is_in_user_code_from_the_beginning_of_posted_work_to_its_end()
    {
        var launchThread = new Observer().StartThread();
        using var stand = new Stand();
        using var standInside = new Stand();
        using var isPumped = new ManualResetEvent(initialState: false);
        using var isReleased = new ManualResetEvent(initialState: false);
        var isInside = new List<bool> { launchThread.Context.IsInUserCode };
        var working = launchThread.Context.InvokeAsync(() =>
        {
            stand.Still();
            isReleased.WaitOne();
            standInside.Still();
            return Task.FromResult(true);
        });
        stand.WaitFor();
        isInside.Add(launchThread.Context.IsInUserCode);
        launchThread.Context.Post(_ => isPumped.Set(), null);
        stand.GoOn();
        isPumped.WaitOne();
        isInside.Add(launchThread.Context.IsInUserCode);
        isReleased.Set();
        standInside.WaitFor();
        isInside.Add(launchThread.Context.IsInUserCode);
        standInside.GoOn();
        await working.Within();
        await launchThread.CloseAsync().Within();
        isInside.Add(launchThread.Context.IsInUserCode);

        Assert.That(isInside, Is.EqualTo(new[] { false, true, true, true, false }));
    }

    [Test]
    public async Task A_launch_whose_thread_is_not_in_its_code_is_not_abandoned_however_long_the_thread_takes_to_end()
    {
        using var stand = new Stand();
        var handle = Launcher.For(() => { }, options => options.StopTimeout = TimeSpan.FromMilliseconds(50)).Start();
        await handle.InvokeAsync(() => { }).Within();

        // As a processor that the thread does not get: its loop stands still, and no launched code does.
        var loop = (TaskFactory)typeof(LaunchSynchronizationContext)
            .GetField("host", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(handle.SynchronizationContext)!;
        _ = loop.StartNew(stand.Still, CancellationToken.None, TaskCreationOptions.None, loop.Scheduler!);
        stand.WaitFor();
        handle.SynchronizationContext.Post(_ => { }, null);

        var outcome = await handle.StopAsync().Within();
        stand.GoOn();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
    }
}
