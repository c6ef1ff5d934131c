using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

public sealed class StartDiagnosticsTests
{
    [Test]
    public void A_host_that_is_built_and_never_started_fails_the_start_of_a_delegate_that_blocks()
    {
        var error = TestLaunch.TimeoutErrorThatSays("it has built a host and never started it", launch =>
        {
            using var host = TestHosts.With();
            launch.Stopping.WaitHandle.WaitOne();
        });

        Assert.That(error.Message, Does.Contain("Its delegate is still running"));
    }

    [Test]
    public void A_host_that_is_built_and_never_started_fails_the_start_of_a_delegate_that_returns()
    {
        IHost? host = null;
        var error = TestLaunch.TimeoutErrorThatSays("it has built a host and never started it", _ => host = TestHosts.With());
        host!.Dispose();

        Assert.That(error.Message, Does.Contain("Its delegate has returned"));
    }

    [Test]
    public void The_time_out_of_a_blocking_delegate_without_a_host_says_what_to_do()
    {
        var error = TestLaunch.TimeoutErrorThatSays("no host was detected", launch => launch.Stopping.WaitHandle.WaitOne());

        Assert.That(error.Message, Does.Contain("or captures it;").And.Contain("SignalReady").And.Contain("Ready.Http"));
    }

    [Test]
    public void The_time_out_of_ReadyWhen_says_that_a_host_runs() =>
        TestLaunch.TimeoutErrorThatSays(
            "a host of it runs, and ReadyWhen was still waiting",
            _ => TestHosts.With().Run(),
            options => options.ReadyWhen((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)));

    [Test]
    public void The_time_out_of_a_host_whose_service_runs_another_one_says_that_its_start_has_not_ended() =>
        TestLaunch.TimeoutErrorThatSays(
            "the start of a host that it built has not ended",
            _ => TestHosts.With(new StartsAndHangs(TestHosts.With())).Run());

    [Test]
    public void The_time_out_of_ReadyWhen_says_that_a_host_has_started_and_stopped()
    {
        var error = TestLaunch.TimeoutErrorThatSays(
            "a host of it has started and stopped",
            launch =>
            {
                var host = TestHosts.With();
                host.Start();
                host.StopAsync().GetAwaiter().GetResult();
                launch.Stopping.WaitHandle.WaitOne();
            },
            WithEndlessProbe);

        Assert.That(error.Message, Does.StartWith("Launch 'shop' was not ready within 00:00:").And.Contain("Its delegate is still running, on thread ").And.EndWith(
            ", a host of it has started and stopped, and ReadyWhen was still waiting. Check what it waits for. Or raise StartTimeout."));
    }

    [Test]
    [NotOnMono(Mono.TellsOfNoCaughtException)]
    public void The_time_out_of_ReadyWhen_says_that_a_host_failed_to_start()
    {
        var error = TestLaunch.TimeoutErrorThatSays(
            "a host that it built failed to start",
            _ => Assert.Catch(() => TestHosts.With(new Hosting.FailingService { StartError = new InvalidOperationException("no bread") }).Start()),
            WithEndlessProbe);

        Assert.That(error.Message, Does.StartWith("Launch 'shop' was not ready within ").And.EndWith(
            " Its delegate has returned, a host that it built failed to start, and ReadyWhen was still waiting. Check what it waits for. Or raise StartTimeout."));
        Assert.That(error.InnerException, Is.TypeOf<InvalidOperationException>().With.Message.EqualTo("no bread"));
    }

    [Test]
    public void The_last_word_of_ReadyWhen_counts_more_than_the_failure_of_a_host()
    {
        var lastWord = new InvalidOperationException("the database is locked");
        var error = TestLaunch.TimeoutErrorThatSays(
            "was still waiting: the database is locked.",
            _ => Assert.Catch(() => TestHosts.With(new Hosting.FailingService { StartError = new InvalidOperationException("no bread") }).Start()),
            options => options.ReadyWhen(async (_, token) =>
            {
                await Task.WhenAny(Task.Delay(Timeout.Infinite, token));
                throw lastWord;
            }));

        Assert.That(error.InnerException, Is.SameAs(lastWord));
    }

    [Test]
    public void The_time_out_of_a_launch_whose_launch_host_does_not_start_says_so()
    {
        var error = TestLaunch.TimeoutErrorThatSays("Its launch host had not started", _ => { }, options =>
        {
            options.Name = "shop";
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new GatedService()));
        });

        Assert.That(error.Message, Does.StartWith("Launch 'shop' was not ready within ").And.EndWith(
            " Its launch host had not started: a hosted service, or a delegate of ConfigureLaunchHost, takes too long. Let it do less before the launch. Or raise StartTimeout."));
    }

    [Test]
    public void The_time_out_of_a_launch_whose_delegate_does_not_get_to_begin_says_so()
    {
        var error = TestLaunch.TimeoutErrorThatSays("Its delegate has not begun", _ => { }, options =>
        {
            options.Name = "shop";
            options.WhileStarting(() =>
            {
                LaunchScope.CurrentLaunch!.Ending.Wait(Gate.Patience);
                return new Disposable(() => { });
            });
        });

        Assert.That(error.Message, Does.StartWith("Launch 'shop' was not ready within ").And.EndWith(
            " Its delegate has not begun: the machine is busy, or other code blocks the threads of the pool. Let that code await. Or raise StartTimeout."));
    }

    [Test]
    public void A_host_that_is_disposed_of_within_its_start_fails_the_start_of_a_delegate_that_returns()
    {
        var exception = TestLaunch.StartError(
            launch =>
            {
                var host = TestHosts.With(new GatedService());
                _ = host.StartAsync();
                host.Dispose();
            },
            options => options.Name = "shop");

        Assert.That(exception, Is.TypeOf<LaunchException>().With.Message.EqualTo(
            "Launch 'shop': a host that it built failed to start, and its delegate went on. Its own output says why. Await the task of RunAsync, or call Run, so that the exception reaches the delegate."));
    }

    [Test]
    public void A_launch_that_ends_before_it_is_ready_throws_its_error_and_without_one_says_that_it_was_stopped()
    {
        var error = new InvalidOperationException("crash");

        Assert.That(StartDiagnostics.ErrorOf("shop", EndCause.Crashed("It crashed.", error)), Is.SameAs(error));
        Assert.That(StartDiagnostics.ErrorOf("shop", EndCause.Stopped("It was asked to stop.")), Is.TypeOf<OperationCanceledException>()
            .With.Message.EqualTo("Launch 'shop' was stopped before it was ready. It was asked to stop."));
    }

    [Test]
    public void An_exit_code_of_a_delegate_is_in_its_error_with_what_to_do_if_it_is_none()
    {
        var exception = Assert.CatchAsync<LaunchException>(() => Launcher.For(() => 3, options => options.Name = "shop").StartAsync().Within());

        Assert.That(exception.Message, Is.EqualTo(
            "Launch 'shop': its delegate returned exit code 3. Its own output says why. If that number is not an exit code, let the delegate return nothing."));
    }

    private static void WithEndlessProbe(LaunchOptions options)
    {
        options.Name = "shop";
        options.ReadyWhen((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
    }

    private sealed class StartsAndHangs(IHost inner) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await inner.StartAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);
    }
}
