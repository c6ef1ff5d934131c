using System.Collections.Concurrent;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>The steps of a stop: their order, and no step keeps the others from theirs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StopLadderTests
{
    [Test]
    public async Task StopWith_is_called_once_however_often_the_launch_is_stopped()
    {
        var calls = 0;
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.StopWith(_ =>
            {
                Interlocked.Increment(ref calls);
                return Task.CompletedTask;
            })).Start();

        await Task.WhenAll(handle.StopAsync(), handle.StopAsync()).Within();
        handle.Stop();

        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public async Task The_steps_of_a_stop_come_in_their_order()
    {
        var steps = new ConcurrentQueue<string>();
        await using var handle = Launcher.For(
            context =>
            {
                context.Stopping.Register(() => steps.Enqueue("Stopping"));
                return new Disposable(() => steps.Enqueue("disposed"));
            },
            options => options.StopWith(_ =>
                {
                    steps.Enqueue("StopWith");
                    return Task.CompletedTask;
                })).Start();

        await handle.StopAsync().Within();

        Assert.That(steps, Is.EqualTo(new[] { "Stopping", "StopWith", "disposed" }));
    }

    [Test]
    public async Task Steps_of_a_stop_that_throw_skip_no_later_step_and_lose_no_error()
    {
        var errors = new Exception[] { new InvalidOperationException("1"), new InvalidOperationException("2"), new InvalidOperationException("3") };
        await using var handle = Launcher.For(
            context =>
            {
                context.Stopping.Register(() => throw errors[0]);
                return new Disposable(() => throw errors[2]);
            },
            options => options.StopWith(_ => throw errors[1])).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(((AggregateException)outcome.Exception!).InnerExceptions, Is.EqualTo(errors));
    }

    [Test]
    public async Task A_callback_of_Stopping_that_throws_is_in_the_outcome_as_it_is()
    {
        var error = new InvalidOperationException("callback");
        await using var handle = Launcher.For(TestLaunch.UntilStopped).Start();
        handle.Stopping.Register(() => throw error);

        Assert.That((await handle.StopAsync().Within()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_callback_of_Stopping_that_is_cancelled_is_no_error()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped).Start();
        handle.Stopping.Register(handle.Stopping.ThrowIfCancellationRequested);

        Assert.That((await handle.StopAsync().Within()).Exception, Is.Null);
    }

    [Test]
    public async Task A_StopWith_that_fails_later_is_in_the_outcome_as_it_is()
    {
        var error = new InvalidOperationException("later");
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.StopWith(async _ =>
            {
                await Task.Yield();
                throw error;
            })).Start();

        Assert.That((await handle.StopAsync().Within()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_dispose_that_throws_is_in_the_outcome_as_it_is()
    {
        var error = new InvalidOperationException("dispose");
        await using var handle = Launcher.For(() => new Disposable(() => throw error)).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task Work_that_is_queued_when_the_delegate_ends_still_runs()
    {
        var hasRun = false;
        await using var handle = Launcher.For(context =>
        {
            TestLaunch.UntilStopped(context);
            context.SynchronizationContext.Post(_ => hasRun = true, null);
        }).Start();

        await handle.StopAsync().Within();

        Assert.That(hasRun, Is.True);
    }
}
