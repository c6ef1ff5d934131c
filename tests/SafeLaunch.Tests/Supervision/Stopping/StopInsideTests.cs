namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>To wait for the stop from inside of the launch is an error that says so; to ask for it is not.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StopInsideTests
{
    [Test]
    public Task A_wait_for_the_stop_fails_on_the_launch_thread() => WaitingFails(async (handle, attempt) => await handle.InvokeAsync(attempt));

    [Test]
    public Task A_wait_for_the_stop_fails_in_posted_work() => WaitingFails(async (handle, attempt) =>
    {
        var done = Gate.NewSource();
        handle.SynchronizationContext.Post(
            _ =>
            {
                attempt();
                done.SetResult();
            },
            null);
        await done.Task;
    });

    [Test]
    public Task A_wait_for_the_stop_fails_in_a_continuation() => WaitingFails((handle, attempt) => handle.InvokeAsync(async () =>
    {
        await Task.Yield();
        attempt();
    }));

    [Test]
    public Task A_wait_for_the_stop_fails_in_a_continuation_off_the_launch_thread() => WaitingFails((handle, attempt) => handle.InvokeAsync(async () =>
    {
        await Task.Delay(1).ConfigureAwait(false);
        Assert.That(Thread.CurrentThread.IsThreadPoolThread, Is.True);
        attempt();
    }));

    [Test]
    public Task A_wait_for_the_stop_fails_on_a_thread_that_the_launch_started() => WaitingFails((handle, attempt) => handle.InvokeAsync(() =>
        TestLaunch.OnThread(attempt).JoinInTime()));

    [Test]
    public async Task A_wait_for_the_stop_fails_in_a_task_that_the_delegate_started()
    {
        var handleGiven = Gate.NewSource<LaunchHandle>();
        var result = Gate.NewSource<Exception?>();
        await using var handle = Launcher.For(() =>
        {
            _ = Task.Run(async () =>
            {
                var own = await handleGiven.Task;
                result.SetResult(Assert.Catch(() => own.Stop()));
            });
        }).Start();
        handleGiven.SetResult(handle);

        Assert.That(await result.Task.Within(), Is.TypeOf<LaunchException>());
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running), "a refused stop stops nothing");
    }

    [Test]
    public async Task StopAsync_is_refused_inside_the_launch()
    {
        await using var handle = Launcher.For(() => { }).Start();

        Assert.That(async () => await handle.InvokeAsync(() => handle.StopAsync()).Within(), Throws.TypeOf<LaunchException>());
    }

    [Test]
    public async Task RequestStop_inside_the_launch_stops_it()
    {
        await using var handle = Launcher.For(() => { }).Start();

        await handle.InvokeAsync(handle.RequestStop).Within();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task Dispose_inside_the_launch_does_not_wait_for_the_stop()
    {
        await using var first = Launcher.For(() => { }).Start();
        await using var second = Launcher.For(() => { }).Start();

        await first.InvokeAsync(first.Dispose).Within();
        await second.InvokeAsync(async () => await second.DisposeAsync()).Within();

        Assert.That((await first.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That((await second.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task Stop_inside_a_launch_that_has_ended_returns_its_outcome()
    {
        var goOn = Gate.NewSource();
        var outcome = Gate.NewSource<LaunchOutcome>();
        LaunchHandle? own = null;
        await using var handle = own = Launcher.For(() =>
        {
            _ = Task.Run(async () =>
            {
                await goOn.Task;
                outcome.SetResult(own!.Stop());
            });
        }).Start();
        await handle.StopAsync().Within();

        goOn.SetResult();

        Assert.That((await outcome.Task.Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    private static async Task WaitingFails(Func<LaunchHandle, Action, Task> runInside)
    {
        await using var handle = Launcher.For(() => { }, options => options.Name = "inside").Start();
        Exception? error = null;

        await runInside(handle, () => error = Assert.Catch(() => handle.Stop())).Within();

        Assert.That(error, Is.TypeOf<LaunchException>());
        Assert.That(error!.Message, Does.Contain("'inside'").And.Contain("RequestStop"));
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running), "a refused stop stops nothing");
        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }
}
