using Microsoft.Extensions.Hosting;

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
