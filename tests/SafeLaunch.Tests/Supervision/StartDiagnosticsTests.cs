using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Supervision;

public sealed class StartDiagnosticsTests
{
    [OneTimeSetUp]
    public void Build_a_host_once_so_that_the_next_does_not_take_long() => Launcher.For(() => TestHosts.With().Run()).Start().Stop();

    [Test]
    public void A_host_that_is_built_and_never_started_fails_the_start_of_a_delegate_that_blocks()
    {
        var exception = TimeOut(Launcher.For(launch =>
        {
            using var host = TestHosts.With();
            launch.Stopping.WaitHandle.WaitOne();
        }, InASecond));

        Assert.That(exception.Message, Does.Contain("Its delegate is still running").And.Contain("it has built a host and never started it"));
    }

    [Test]
    public void A_host_that_is_built_and_never_started_fails_the_start_of_a_delegate_that_returns()
    {
        IHost? host = null;
        var exception = TimeOut(Launcher.For(() => { host = TestHosts.With(); }, InASecond));
        host!.Dispose();

        Assert.That(exception.Message, Does.Contain("Its delegate has returned").And.Contain("it has built a host and never started it"));
    }

    [Test]
    public void The_time_out_of_a_blocking_delegate_without_a_host_says_what_to_do()
    {
        var exception = TimeOut(Launcher.For(launch => { launch.Stopping.WaitHandle.WaitOne(); }, InASecond));

        Assert.That(exception.Message, Does.Contain("no host was detected").And.Contain("or captures it;").And.Contain("SignalReady").And.Contain("Ready.Http"));
    }

    [Test]
    public void The_time_out_of_ReadyWhen_says_that_a_host_runs()
    {
        var exception = TimeOut(Launcher.For(() => TestHosts.With().Run(), options =>
        {
            InASecond(options);
            options.ReadyWhen((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
        }));

        Assert.That(exception.Message, Does.Contain("a host of it runs, and ReadyWhen was still waiting"));
    }

    [Test]
    public void The_time_out_of_a_host_whose_service_runs_another_one_says_that_its_start_has_not_ended()
    {
        var exception = TimeOut(Launcher.For(() => TestHosts.With(new StartsAndHangs(TestHosts.With())).Run(), InASecond));

        Assert.That(exception.Message, Does.Contain("the start of a host that it built has not ended"));
    }

    private static void InASecond(LaunchOptions options) => options.StartTimeout = TimeSpan.FromSeconds(1);

    private static LaunchTimeoutException TimeOut(Launcher launcher) => Assert.Throws<LaunchTimeoutException>(() => launcher.Start())!;

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
