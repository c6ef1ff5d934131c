using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

/// <summary>Failures that launched code catches itself.</summary>
public sealed class StartErrorsTests
{
    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [TestCase(1)]
    [TestCase(3)]
    public void The_failure_that_a_delegate_caught_before_it_returned_an_exit_code_is_attached(int exitCode)
    {
        var error = new InvalidOperationException("no database");

        var thrown = Assert.CatchAsync<LaunchException>(() => Launcher.For(() => (object)Main()).StartAsync().Within());

        Assert.That(thrown.Message, Does.Contain($"exit code {exitCode}").And.Contain("no database"));
        Assert.That(thrown.InnerException, Is.SameAs(error));

        int Main()
        {
            try
            {
                throw error;
            }
            catch (InvalidOperationException)
            {
                return exitCode;
            }
        }
    }

    [Test]
    public async Task An_exception_that_was_caught_during_the_start_is_no_cause_of_a_failure_after_it()
    {
        var isStarted = Gate.NewSource();
        await using var handle = await Launcher.For(context =>
        {
            Assert.Catch(() => throw new NotSupportedException("harmless"));
            context.SignalReady();
            isStarted.Task.Wait();
            return (object)1;
        }).StartAsync().Within();

        isStarted.SetResult();
        var outcome = await handle.EndAsync();

        Assert.That(outcome.Exception!.InnerException, Is.Null);
        Assert.That(outcome.Exception.Message, Does.Contain("exit code 1").And.Not.Contain("harmless"));
    }

    [NotOnMono(Mono.CollectorKeepsTooMuch)]
    [Test]
    public async Task A_launch_that_is_ready_keeps_no_exception_of_its_start_or_after_it()
    {
        var thrown = new List<WeakReference>();
        await using var handle = await Launcher.For(context =>
        {
            thrown.Add(ThrowAndCatch());
            context.SignalReady();
            context.Stopping.WaitHandle.WaitOne();
        }).StartAsync().Within();
        await handle.InvokeAsync(() => thrown.Add(ThrowAndCatch())).Within();

        Assert.That(
            () =>
            {
                GC.Collect();
                return thrown.Count(error => error.IsAlive);
            },
            Is.Zero.After((int)Gate.Patience.TotalMilliseconds, 50));
    }

    [Test]
    public void An_exception_that_is_thrown_outside_of_the_launch_meanwhile_is_not_its_cause()
    {
        var hasThrown = Gate.NewSource();
        using var isCalled = new ManualResetEventSlim();
        var other = TestLaunch.OnThread(() =>
        {
            isCalled.Pass();
            Assert.Catch(() => throw new NotSupportedException("of another"));
            hasThrown.SetResult();
        });

        var thrown = Assert.CatchAsync<LaunchException>(() => Launcher.For(() =>
        {
            isCalled.Set();
            hasThrown.Task.Wait();
            return (object)1;
        }).StartAsync().Within());
        other.JoinInTime();

        Assert.That(thrown.InnerException, Is.Null);
        Assert.That(thrown.Message, Does.Not.Contain("of another"));
    }

    [Test]
    public void A_cancellation_is_not_treated_as_the_cause_of_a_failed_start()
    {
        var thrown = Assert.CatchAsync<LaunchException>(() => Launcher.For(() =>
        {
            Assert.Catch(() => new CancellationToken(canceled: true).ThrowIfCancellationRequested());
            return (object)1;
        }).StartAsync().Within());

        Assert.That(thrown.InnerException, Is.Null);
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [Test]
    public void The_failure_of_a_host_that_a_delegate_caught_is_what_the_start_throws()
    {
        var thrown = Assert.CatchAsync(() => Launcher.For(() =>
        {
            try
            {
                TestHosts.With(new FailingStart()).Run();
            }
            catch (InvalidOperationException)
            {
                // As a program does that logs its failure and returns.
            }
        }).StartAsync().Within());

        Assert.That(thrown, Is.TypeOf<InvalidOperationException>().With.Message.EqualTo("no database"));
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [Test, NonParallelizable]
    public async Task The_exceptions_of_a_start_are_seen_though_nothing_listened_before_and_a_listener_was_disposed_of_twice()
    {
        var listener = StartErrors.Listen();
        listener.Dispose();
        listener.Dispose();
        string? seen = null;

        await using var handle = await Launcher.For(context =>
        {
            Assert.Catch(() => throw new NotSupportedException("seen"));
            seen = LaunchScope.CurrentLaunch!.StartErrors!.Last?.Message;
            TestLaunch.UntilStopped(context);
        }).StartAsync().Within();

        Assert.That(seen, Is.EqualTo("seen"));
    }

    [Test]
    public void Only_Mono_does_not_tell_of_exceptions_that_are_caught() => Assert.That(StartErrors.IsSupported, Is.EqualTo(!Mono.IsRunning));

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [Test]
    public async Task The_failure_of_a_host_is_known_until_sixteen_other_exceptions_were_thrown_each_of_which_counts_once()
    {
        var first = new NotSupportedException("first");
        var second = new NotSupportedException("second");
        List<string?> known = [];
        Action<LaunchContext> code = context =>
        {
            var errors = LaunchScope.CurrentLaunch!.StartErrors!;
            Assert.Catch(() => TestHosts.With(new FailingStart()).Start());
            Note();
            Throw(20, () => first);
            Throw(20, () => second);
            Throw(20, () => first);
            Note();
            Throw(13, () => new NotSupportedException("another"));
            Note();
            Throw(1, () => new NotSupportedException("the last"));
            Note();
            context.SignalReady();
            context.Stopping.WaitHandle.WaitOne();

            void Note()
            {
                known.Add(errors.OfHostStart?.Message);
                known.Add(errors.Last?.Message);
            }
        };
        await using var handle = await Launcher.For(
            code,
            options => options.ReadyWhen((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken))).StartAsync().Within();

        Assert.That(known, Is.EqualTo(new[] { "no database", "no database", "no database", "first", "no database", "another", null, "the last" }));

        static void Throw(int times, Func<Exception> error)
        {
            for (var i = 0; i < times; i++)
            {
                Assert.Catch(() => throw error());
            }
        }
    }

    [NotOnMono(Mono.TellsOfNoCaughtException)]
    [Test]
    public async Task The_exceptions_of_a_start_are_seen_also_after_the_start_of_another_launch_has_ended()
    {
        using var gate = new ManualResetEventSlim();
        string? seen = null;
        var start = Launcher.For(context =>
        {
            gate.Pass();
            Assert.Catch(() => throw new NotSupportedException("seen"));
            seen = LaunchScope.CurrentLaunch!.StartErrors!.Last?.Message;
            TestLaunch.UntilStopped(context);
        }).StartAsync();
        await using (await Launcher.For(() => { }).StartAsync().Within())
        {
            gate.Set();
        }

        await using var handle = await start.Within();

        Assert.That(seen, Is.EqualTo("seen"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ThrowAndCatch() => new(Assert.Catch(() => throw new NotSupportedException("harmless")));

    private sealed class FailingStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no database");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
