using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests;

/// <summary>Starts that fail, that are given up, that nest and that are made again and again.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StartTests
{
    [Test]
    public void Start_throws_the_very_exception_of_the_delegate_with_its_stack()
    {
        var error = new InvalidOperationException("no");

        [MethodImpl(MethodImplOptions.NoInlining)]
        void FailInTheServer() => throw error;

        var thrown = Assert.Throws<InvalidOperationException>(() => Launcher.For(() => FailInTheServer()).Start())!;

        Assert.That(thrown, Is.SameAs(error));
        Assert.That(thrown.StackTrace, Does.Contain(nameof(FailInTheServer)));
    }

    [Test]
    public void StartAsync_throws_the_very_exception_of_the_delegate_also_after_an_await()
    {
        var error = new InvalidOperationException("no");

        var thrown = Assert.CatchAsync(() => Launcher.For(async () =>
        {
            await Task.Yield();
            throw error;
        }).StartAsync().Within());

        Assert.That(thrown, Is.SameAs(error));
    }

    [Test]
    public void An_exception_without_a_handler_for_its_type_is_kept_as_it_is()
    {
        var error = new AggregateException(new InvalidOperationException("one"), new InvalidOperationException("two"));

        Assert.That(TestLaunch.StartError(_ => throw error), Is.SameAs(error));
    }

    [Test]
    public void A_start_that_failed_has_stopped_the_launch()
    {
        CancellationToken stopping = default;
        SynchronizationContext? launchContext = null;

        _ = TestLaunch.StartError(context =>
        {
            stopping = context.Stopping;
            launchContext = context.SynchronizationContext;
            throw new InvalidOperationException();
        });

        Assert.That(stopping.IsCancellationRequested, Is.True);
        Assert.That(() => launchContext!.Send(_ => { }, null), Throws.TypeOf<LaunchException>(), "its thread has ended");
    }

    [Test]
    public void A_cancellation_that_the_delegate_throws_fails_the_start_with_it()
    {
        var error = new OperationCanceledException("by itself");

        Assert.That(TestLaunch.StartError(_ => throw error), Is.SameAs(error));
    }

    [Test]
    public async Task A_cancellation_that_meets_the_launch_ready_leaves_it_alone()
    {
        for (var i = 0; i < 500; i++)
        {
            using var cancellation = new CancellationTokenSource();
            using var both = new Barrier(2);
            var starting = Launcher.For(context =>
                {
                    both.SignalAndWait(Gate.Patience);
                    TestLaunch.UntilStopped(context);
                }).StartAsync(cancellation.Token);
            both.SignalAndWait(Gate.Patience);
            cancellation.Cancel();

            try
            {
                await using var handle = await starting.Within();
                Assert.That((await handle.StopAsync().Within()).Reason, Is.EqualTo("It was asked to stop."));
            }
            catch (OperationCanceledException e) when (e.CancellationToken == cancellation.Token)
            {
                // The cancellation came first, which is as good.
            }
        }
    }

    [Test]
    public async Task A_start_that_is_cancelled_before_it_begins_starts_nothing()
    {
        var hasBegun = false;
        var launcher = Launcher.For(() => { hasBegun = true; }, options => options.ConfigureLaunchHost(_ => hasBegun = true));

        var starting = launcher.StartAsync(new CancellationToken(canceled: true));

        Assert.That(starting.IsCanceled, Is.True);
        await using var second = await launcher.StartAsync().Within();
        Assert.That(hasBegun, Is.True);
    }

    [Test]
    public async Task A_start_whose_token_is_cancelled_already_configures_no_host()
    {
        var hasBegun = false;
        var starting = Launcher.For(
            () => { hasBegun = true; },
            options => options.ConfigureLaunchHost(_ => hasBegun = true)).StartAsync(new CancellationToken(canceled: true));

        Assert.That(async () => await starting, Throws.InstanceOf<OperationCanceledException>());
        await Launcher.For(() => { }).Start().DisposeAsync();
        Assert.That(hasBegun, Is.False);
    }

    [Test]
    public async Task A_start_that_is_cancelled_stops_its_launch_and_names_it()
    {
        using var cancel = new CancellationTokenSource();
        var begun = Gate.NewSource<LaunchContext>();
        var hasEnded = false;
        var starting = Launcher.For(
            context =>
            {
                begun.SetResult(context);
                context.Stopping.WaitHandle.WaitOne();
                hasEnded = true;
            },
            options => options.Name = "slow").StartAsync(cancel.Token);
        var launchContext = await begun.Task.Within();

        await cancel.CancelAsync();

        var error = Assert.CatchAsync<OperationCanceledException>(() => starting.Within())!;
        Assert.That(error.CancellationToken, Is.EqualTo(cancel.Token));
        Assert.That(error.Message, Does.Contain("'slow'"));
        Assert.That(launchContext.Stopping.IsCancellationRequested, Is.True);
        Assert.That(hasEnded, Is.True, "the launch ends before its start says that it failed");
    }

    [Test]
    public async Task A_start_token_that_is_cancelled_once_the_launch_is_ready_has_no_effect()
    {
        using var cancel = new CancellationTokenSource();
        await using var handle = await Launcher.For(TestLaunch.UntilStopped).StartAsync(cancel.Token).Within();

        await cancel.CancelAsync();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
        Assert.That(handle.Stopping.IsCancellationRequested, Is.False);
    }

    [Test]
    public void A_start_that_is_stopped_from_inside_says_so()
    {
        var error = TestLaunch.StartError(
            context =>
            {
                context.LaunchServices.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                context.Stopping.WaitHandle.WaitOne();
            },
            options => options.Name = "brief");

        Assert.That(error, Is.TypeOf<OperationCanceledException>());
        Assert.That(error.Message, Does.Contain("'brief'").And.Contain("stopped before it was ready"));
    }

    [Test]
    public void A_launch_may_start_another_one_from_its_thread()
    {
        LaunchHandle? inner = null;
        using var outer = Launcher.For(context =>
        {
            inner = Launcher.For(TestLaunch.UntilStopped, options => options.Name = "inner").Start();
            TestLaunch.UntilStopped(context);
        }).Start();

        Assert.That(inner!.State, Is.EqualTo(LaunchState.Running));
        Assert.That(inner.Stop().ThreadId, Is.Not.EqualTo(outer.Stop().ThreadId));
    }

    [Test]
    public async Task A_launch_may_stop_another_launch_that_it_has_started()
    {
        LaunchOutcome? innerOutcome = null;
        await using var outer = Launcher.For(context =>
        {
            using var inner = Launcher.For(TestLaunch.UntilStopped).Start();
            innerOutcome = inner.Stop();
            TestLaunch.UntilStopped(context);
        }).Start();

        Assert.That(innerOutcome!.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That((await outer.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task Two_launches_of_one_launcher_know_nothing_of_each_other()
    {
        var launcher = Launcher.For(TestLaunch.UntilStopped);
        var both = await Task.WhenAll(launcher.StartAsync(), launcher.StartAsync()).Within();
        await using var first = both[0];
        await using var second = both[1];

        var outcome = await first.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(second.State, Is.EqualTo(LaunchState.Running));
        Assert.That(second.Stopping.IsCancellationRequested, Is.False);
        Assert.That(second.SynchronizationContext, Is.Not.SameAs(first.SynchronizationContext));
        Assert.That((await second.StopAsync().Within()).ThreadId, Is.Not.EqualTo(outcome.ThreadId));
    }

    [TestCaseSource(nameof(BlockingStarts))]
    public async Task A_thread_that_is_interrupted_while_it_waits_for_a_launch_stops_it(Action<Launcher> start)
    {
        using var log = new LogRecorder();
        var begun = Gate.NewSource<LaunchContext>();
        var launcher = Launcher.For(
            context =>
            {
                begun.SetResult(context);
                context.Stopping.WaitHandle.WaitOne();
            },
            options => options.LoggerFactory = log.Factory);
        Exception? thrown = null;
        var thread = TestLaunch.OnThread(() => thrown = Assert.Catch(() => start(launcher)));
        var context = await begun.Task.Within();

        thread.Interrupt();

        thread.JoinInTime();
        Assert.That(thrown, Is.TypeOf<ThreadInterruptedException>());
        Assert.That(context.Stopping.WaitHandle.WaitOne(Gate.Patience), Is.True);
        Assert.That(log.Single(3).Message, Does.EndWith("The thread that waited for it was interrupted."));
    }

    private static IEnumerable<TestCaseData> BlockingStarts()
    {
        yield return Case(nameof(Launcher.Start), launcher => launcher.Start());
        yield return Case(nameof(Launcher.Run), launcher => launcher.Run());

        static TestCaseData Case(string name, Action<Launcher> start) => new TestCaseData(start).SetArgDisplayNames(name);
    }

    [Test]
    public async Task A_handle_that_is_dropped_does_not_end_the_launch()
    {
        var goOn = Gate.NewSource();
        var hasRun = Gate.NewSource();
        StartAndDrop();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        goOn.SetResult();

        await hasRun.Task.Within();

        void StartAndDrop() => Launcher.For(async context =>
        {
            context.SignalReady();
            await goOn.Task;
            Assert.That(context.Stopping.IsCancellationRequested, Is.False);
            hasRun.SetResult();
        }).Start();
    }
}
