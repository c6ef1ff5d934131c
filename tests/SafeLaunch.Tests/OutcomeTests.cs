using System.Diagnostics;

namespace SafeLaunch.Tests;

/// <summary>How a launch says that it ended, and why.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OutcomeTests
{
    [Test]
    public async Task Stopped_says_that_it_was_asked()
    {
        await using var handle = Launcher.Start(TestLaunch.UntilStopped);

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Is.EqualTo("It was asked to stop."));
        Assert.That(outcome.Exception, Is.Null);
        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }

    [Test]
    public async Task Returned_says_that_the_delegate_returned()
    {
        await using var handle = Launcher.Start((LaunchContext context) => context.SignalReady());

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
        Assert.That(outcome.Reason, Is.EqualTo("Its delegate returned."));
        Assert.That(handle.Stopping.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task Crashed_holds_that_very_exception()
    {
        var error = new InvalidOperationException("broken");
        await using var handle = Launcher.Start((LaunchContext context) =>
        {
            context.SignalReady();
            throw error;
        });

        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
        Assert.That(outcome.ToString(), Does.Contain("Crashed").And.Contain("broken"));
    }

    [Test]
    public async Task It_names_the_thread_and_the_time()
    {
        var clock = Stopwatch.StartNew();
        string? name = null;
        var id = 0;
        await using var handle = Launcher.Start(
            () =>
            {
                name = Thread.CurrentThread.Name;
                id = Environment.CurrentManagedThreadId;
            },
            new() { Name = "shop" });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ThreadName, Is.EqualTo("shop").And.EqualTo(name));
        Assert.That(outcome.ThreadId, Is.EqualTo(id).And.GreaterThan(0));
        Assert.That(outcome.Duration, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(clock.Elapsed));
    }

    [Test]
    public async Task Completion_never_faults_however_it_ends()
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
            await using var handle = Launcher.Start(launch, new() { StopTimeout = TestLaunch.ShortStop });
            await handle.StopAsync().Within();

            Assert.That(handle.Completion.IsCompletedSuccessfully, Is.True);
            Assert.That(handle.State, Is.EqualTo(LaunchState.Ended));
        }

        gate.Set();
    }

    [Test]
    public async Task The_end_by_itself_wins_over_a_stop_that_comes_later()
    {
        await using var handle = Launcher.Start((LaunchContext context) => context.SignalReady());
        var ended = await handle.EndAsync();

        handle.RequestStop();

        Assert.That(handle.Stop(), Is.SameAs(ended));
        Assert.That(ended.Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    [Test]
    public async Task An_error_on_the_way_out_is_kept_in_a_Stopped_outcome()
    {
        var error = new InvalidOperationException("while closing");
        await using var handle = Launcher.Start((LaunchContext context) =>
        {
            TestLaunch.UntilStopped(context);
            throw error;
        });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_cancellation_that_the_stop_brings_about_is_no_error()
    {
        await using var handle = Launcher.Start(async context =>
        {
            context.SignalReady();
            await Task.Delay(Timeout.Infinite, context.Stopping);
        });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [Test]
    public async Task A_cancellation_that_a_blocking_wait_has_wrapped_is_no_error_of_the_stop()
    {
        await using var handle = Launcher.Start((LaunchContext context) =>
        {
            context.SignalReady();
            Task.Delay(Timeout.Infinite, context.Stopping).Wait();
        });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_aggregate_of_a_cancellation_and_an_error_is_kept_and_so_is_an_empty_one(bool isOfNothing)
    {
        var error = isOfNothing
            ? new AggregateException()
            : new AggregateException(new OperationCanceledException(), new InvalidOperationException("error"));
        await using var handle = Launcher.Start((LaunchContext context) =>
        {
            TestLaunch.UntilStopped(context);
            throw error;
        });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task Several_errors_on_the_way_out_are_all_kept()
    {
        var first = new InvalidOperationException("first");
        var second = new InvalidOperationException("second");
        await using var handle = Launcher.Start(
            (LaunchContext context) =>
            {
                TestLaunch.UntilStopped(context);
                throw second;
            },
            new() { Name = "twice", StopWith = _ => throw first });

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Exception, Is.TypeOf<AggregateException>().With.Message.Contains("'twice'"));
        Assert.That(((AggregateException)outcome.Exception!).InnerExceptions, Is.EquivalentTo(new[] { first, second }));
    }
}
