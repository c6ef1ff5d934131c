using Microsoft.Extensions.Logging;

namespace SafeLaunch.Tests.Threading;

public sealed class CallbackErrorTests
{
    [Test]
    public async Task A_posted_callback_that_throws_ends_the_launch_with_that_very_exception()
    {
        using var log = new LogRecorder();
        var error = new InvalidOperationException("posted");
        await using var handle = Launcher.For(() => { }, options => options.LoggerFactory = log.Factory).Start();

        handle.SynchronizationContext.Post(_ => throw error, null);
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
        Assert.That(error.StackTrace, Does.Contain(nameof(this.A_posted_callback_that_throws_ends_the_launch_with_that_very_exception)));
        var records = log.Of(LogEvents.CallbackThrew);
        Assert.That(records, Has.Count.EqualTo(1));
        Assert.That(records[0].Exception, Is.SameAs(error));
        Assert.That(records[0].Level, Is.EqualTo(LogLevel.Error));
    }

    [Test]
    public async Task An_async_void_method_that_throws_ends_the_launch_with_that_very_exception([Values] bool throwsAfterAwait)
    {
        var error = new InvalidOperationException("async void");
        await using var handle = Launcher.For(() => { }).Start();

        await handle.InvokeAsync(() => ThrowLater()).Within();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));

        async void ThrowLater()
        {
            if (throwsAfterAwait)
            {
                await Task.Yield();
            }

            throw error;
        }
    }

    [Test]
    public async Task A_callback_that_throws_inside_of_a_wait_ends_the_launch_and_not_the_wait()
    {
        var error = new InvalidOperationException("pumped");
        Exception? thrownByWait = null;
        await using var handle = Launcher.For(context =>
        {
            context.SignalReady();
            try
            {
                context.Stopping.WaitHandle.WaitOne();
            }
            catch (InvalidOperationException e)
            {
                thrownByWait = e;
            }
        }).Start();

        handle.SynchronizationContext.Post(_ => throw error, null);
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
        Assert.That(thrownByWait, Is.Null);
    }

    [Test]
    public async Task The_first_of_several_errors_ends_the_launch()
    {
        var errors = Enumerable.Range(0, 10).Select(number => new InvalidOperationException($"number {number}")).ToArray();
        await using var handle = Launcher.For(() => { }).Start();

        await handle.InvokeAsync(() => Array.ForEach(errors, error => SynchronizationContext.Current!.Post(_ => throw error, null))).Within();
        var outcome = await handle.Completion.Within();

        Assert.That(outcome.Exception, Is.SameAs(errors[0]));
    }

    [Test]
    public async Task A_callback_that_is_cancelled_by_the_stop_is_no_error_in_the_log_either()
    {
        using var log = new LogRecorder();
        CancellationToken stopping = default;
        await using var handle = Launcher.For(context => { stopping = context.Stopping; }, options => options.LoggerFactory = log.Factory).Start();
        handle.SynchronizationContext.Post(async _ => await Task.Delay(Timeout.Infinite, stopping), null);

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
        Assert.That(log.Of(LogEvents.CallbackThrew), Is.Empty);
    }

    [Test]
    public async Task A_callback_that_throws_before_the_launch_is_ready_fails_the_start_with_that_very_exception()
    {
        var error = new InvalidOperationException("early");

        var starting = Launcher.For(context =>
        {
            context.SynchronizationContext.Post(_ => throw error, null);
            context.Stopping.WaitHandle.WaitOne();
        }).StartAsync();

        Assert.That(await starting.ErrorAsync(), Is.SameAs(error));
    }

    [Test]
    public async Task With_UnhandledExceptions_Log_errors_are_logged_and_the_launch_goes_on()
    {
        using var log = new LogRecorder();
        var posted = new InvalidOperationException("posted");
        var asyncVoid = new InvalidOperationException("async void");
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.LoggerFactory = log.Factory;
            options.UnhandledExceptions = UnhandledExceptionBehavior.Log;
        }).Start();
        var thread = await handle.ThreadAsync();

        handle.SynchronizationContext.Post(_ => throw posted, null);
        await handle.InvokeAsync(() => Throw()).Within();
        var threadAfter = await handle.ThreadAsync();
        var stateAfter = handle.State;
        var outcome = await handle.StopAsync().Within();

        Assert.That(threadAfter, Is.SameAs(thread));
        Assert.That(stateAfter, Is.EqualTo(LaunchState.Running));
        Assert.That(log.Of(LogEvents.CallbackThrew).Select(record => record.Exception), Is.EqualTo(new[] { posted, asyncVoid }));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);

        async void Throw()
        {
            await Task.CompletedTask;
            throw asyncVoid;
        }
    }

    [Test]
    [NotOnMono(Mono.TellsOfHandlesOnly)]
    public async Task With_UnhandledExceptions_Log_a_wait_goes_on_serving_after_an_error()
    {
        using var log = new LogRecorder();
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.LoggerFactory = log.Factory;
            options.UnhandledExceptions = UnhandledExceptionBehavior.Log;
        }).Start();
        using var gate = new ManualResetEventSlim();

        await handle.InvokeAsync(() =>
        {
            SynchronizationContext.Current!.Post(_ => throw new InvalidOperationException(), null);
            SynchronizationContext.Current.Post(_ => gate.Set(), null);
            gate.Pass();
        }).Within();

        Assert.That(log.Of(LogEvents.CallbackThrew), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_error_of_sent_work_goes_to_the_sender_only([Values] bool fromTheThreadItself)
    {
        using var log = new LogRecorder();
        var error = new InvalidOperationException("sent");
        await using var handle = Launcher.For(() => { }, options => options.LoggerFactory = log.Factory).Start();
        var send = () => Caught.By(() => handle.SynchronizationContext.Send(_ => throw error, null));

        var caught = fromTheThreadItself ? await handle.InvokeAsync(send).Within() : send();

        var outcome = await handle.StopAsync().Within();

        Assert.That(caught, Is.SameAs(error));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(log.Of(LogEvents.CallbackThrew), Is.Empty);
    }

    [Test]
    public void A_cancellation_that_is_sent_reaches_the_sender_as_that_very_exception([Values] bool isCancelled)
    {
        var error = new OperationCanceledException("sent", innerException: null, new CancellationToken(isCancelled));
        using var handle = Launcher.For(() => { }).Start();

        Assert.That(Caught.By(() => handle.SynchronizationContext.Send(_ => throw error, null)), Is.SameAs(error));
    }

    [Test]
    public async Task A_delegate_that_throws_its_own_cancellation_fails_the_start_with_it([Values] bool isCancelled)
    {
        var error = new OperationCanceledException("mine", innerException: null, new CancellationToken(isCancelled));

        var starting = Launcher.For((Action)(() => throw error)).StartAsync();

        Assert.That(await starting.ErrorAsync(), Is.SameAs(error));
    }
}
