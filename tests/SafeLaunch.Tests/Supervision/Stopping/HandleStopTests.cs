using System.Collections.Concurrent;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>A caller stops a launch by its handle: from one thread or many, with a token, from a UI thread.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HandleStopTests
{
    [Test]
    public async Task The_dispose_of_the_handle_stops_the_launch()
    {
        var handle = Launcher.For(TestLaunch.UntilStopped).Start();

        await handle.DisposeAsync();

        Assert.That(handle.Completion.IsCompleted, Is.True);
        Assert.That((await handle.EndAsync()).ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public void All_threads_that_stop_a_launch_get_the_same_outcome()
    {
        var handle = Launcher.For(TestLaunch.UntilStopped).Start();
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
    public void A_UI_thread_that_the_launched_code_posts_to_may_wait_for_the_stop()
    {
        LaunchOutcome? outcome = null;
        using var uiPosts = new BlockingCollection<Action>();
        var ui = TestLaunch.OnThread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new UiContext(uiPosts));
            using var handle = Launcher.For(context =>
            {
                context.SignalReady();
                context.Stopping.WaitHandle.WaitOne();
                uiPosts.Add(() => { });
            }).Start();
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
            var handle = Launcher.For(TestLaunch.UntilStopped).StartAsync().GetAwaiter().GetResult();
            handle.DisposeAsync().AsTask().GetAwaiter().GetResult();
        });

        ui.JoinInTime();

        Assert.That(uiPosts, Is.Empty);
    }

    /// <summary>Of a blocked thread: posted work waits, and a Send would wait for ever.</summary>
    private sealed class UiContext(BlockingCollection<Action> posts) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => posts.Add(() => d(state));

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();
    }
}
