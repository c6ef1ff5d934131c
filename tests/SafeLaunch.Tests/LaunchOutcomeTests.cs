using System.Diagnostics;

namespace SafeLaunch.Tests;

/// <summary>How a launch says that it ended, and why.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LaunchOutcomeTests
{
    [Test]
    public async Task A_Stopped_outcome_says_that_the_launch_was_asked_to_stop()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Is.EqualTo("It was asked to stop."));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task A_Returned_outcome_says_that_the_delegate_returned()
    {
        await using var handle = Launcher.For((LaunchContext context) => context.SignalReady()).Start();

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
        Assert.That(outcome.Reason, Is.EqualTo("Its delegate returned."));
        Assert.That(handle.Stopping.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task A_Crashed_outcome_holds_the_very_exception()
    {
        var error = new InvalidOperationException("broken");
        await using var handle = Launcher.For((LaunchContext context) =>
        {
            context.SignalReady();
            throw error;
        }).Start();

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
        Assert.That(outcome.ToString(), Does.Contain("Crashed").And.Contain("broken"));
    }

    [Test]
    public async Task An_outcome_names_the_thread_and_the_duration()
    {
        var clock = Stopwatch.StartNew();
        string? name = null;
        var id = 0;
        await using var handle = Launcher.For(
            () =>
            {
                name = Thread.CurrentThread.Name;
                id = Environment.CurrentManagedThreadId;
            },
            options => options.Name = "shop").Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ThreadName, Is.EqualTo("shop").And.EqualTo(name));
        Assert.That(outcome.ThreadId, Is.EqualTo(id).And.GreaterThan(0));
        Assert.That(outcome.Duration, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(clock.Elapsed));
    }

    [Test]
    public async Task Completion_never_faults_however_the_launch_ends()
    {
        using var gate = new ManualResetEventSlim();
        Action<LaunchContext>[] launches =
        [
            context =>
            {
                context.SignalReady();
                throw new InvalidOperationException();
            },
            context =>
            {
                context.SignalReady();
                throw new OperationCanceledException();
            },
            TestLaunch.UntilOpened(gate),
        ];
        foreach (var launch in launches)
        {
            await using var handle = Launcher.For(launch, options => options.StopTimeout = TestLaunch.ShortStop).Start();
            await handle.StopAsync().Within();

            Assert.That(handle.Completion.IsCompletedSuccessfully, Is.True);
            Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
        }

        gate.Set();
    }

    [Test]
    public async Task The_end_by_itself_wins_over_a_stop_that_comes_later()
    {
        await using var handle = Launcher.For((LaunchContext context) => context.SignalReady()).Start();
        var ended = await handle.EndAsync();

        handle.RequestStop();

        Assert.That(handle.Stop(), Is.SameAs(ended));
        Assert.That(ended.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task An_error_on_the_way_out_is_kept_in_a_Stopped_outcome()
    {
        var error = new InvalidOperationException("while closing");
        await using var handle = Launcher.For((LaunchContext context) =>
        {
            TestLaunch.UntilStopped(context);
            throw error;
        }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_cancellation_that_the_stop_brings_about_is_no_error()
    {
        await using var handle = Launcher.For(async context =>
        {
            context.SignalReady();
            await Task.Delay(Timeout.Infinite, context.Stopping);
        }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task A_cancellation_that_a_blocking_wait_has_wrapped_is_no_error_of_the_stop()
    {
        await using var handle = Launcher.For((LaunchContext context) =>
        {
            context.SignalReady();
            Task.Delay(Timeout.Infinite, context.Stopping).Wait();
        }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_aggregate_that_is_not_of_cancellations_alone_is_kept(bool isOfNothing)
    {
        var error = isOfNothing
            ? new AggregateException()
            : new AggregateException(new OperationCanceledException(), new InvalidOperationException("error"));
        await using var handle = Launcher.For((LaunchContext context) =>
        {
            TestLaunch.UntilStopped(context);
            throw error;
        }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task Several_errors_on_the_way_out_are_all_kept()
    {
        var first = new InvalidOperationException("first");
        var second = new InvalidOperationException("second");
        await using var handle = Launcher.For(
            (LaunchContext context) =>
            {
                TestLaunch.UntilStopped(context);
                throw second;
            },
            options =>
            {
                options.Name = "twice";
                options.StopWith(_ => throw first);
            }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.TypeOf<AggregateException>().With.Message.Contains("'twice'"));
        Assert.That(((AggregateException)outcome.Exception!).InnerExceptions, Is.EquivalentTo(new[] { first, second }));
    }

    [Test]
    public async Task An_outcome_that_is_a_success_says_so_and_passes_through_EnsureSuccess()
    {
        await using var handle = await Launcher.For(() => { }).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.IsSuccess, Is.True);
        Assert.That(outcome.EnsureSuccess(), Is.SameAs(outcome));
    }

    [Test]
    public async Task EnsureSuccess_of_a_crash_throws_with_the_name_the_reason_and_the_exception()
    {
        var error = new InvalidOperationException("out of stock");
        await using var handle = await Launcher.For(() => { }, options => options.Name = "shop").StartAsync().Within();
        handle.SynchronizationContext.Post(_ => throw error, null);

        var outcome = await handle.EndAsync();

        Assert.That(outcome.IsSuccess, Is.False);
        Assert.That(
            () => outcome.EnsureSuccess(),
            Throws.TypeOf<LaunchException>().With.Message.Contains("'shop'").And.Message.Contains("Crashed: Work posted to its synchronization context threw.").And.InnerException.SameAs(error));
    }

    [Test]
    public async Task A_handle_says_its_name_state_and_address_in_one_line()
    {
        await using var handle = await Launcher.For(context => context.AddAddresses(new Uri("http://localhost:5000")), options => options.Name = "shop").StartAsync().Within();

        Assert.That(handle.ToString(), Is.EqualTo("shop: Running, http://localhost:5000/"));
        await handle.StopAsync().Within();
        Assert.That(handle.ToString(), Is.EqualTo("shop: Ended, http://localhost:5000/"));
    }
}
