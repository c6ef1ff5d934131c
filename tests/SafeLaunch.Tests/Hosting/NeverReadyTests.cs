using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Hosting;

public sealed class NeverReadyTests
{
    [OneTimeSetUp]
    public void Build_a_host_once_so_that_the_next_does_not_take_long() => Launcher.Start(() => TestHosts.With().Run()).Stop();

    [Test]
    public void A_host_that_is_built_and_never_started_fails_the_start_of_a_delegate_that_blocks()
    {
        var exception = TimeOut(new(launch =>
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
        var exception = TimeOut(new(() => { host = TestHosts.With(); }, InASecond));
        host!.Dispose();

        Assert.That(exception.Message, Does.Contain("Its delegate has returned").And.Contain("it has built a host and never started it"));
    }

    [Test]
    public void A_blocking_delegate_without_a_host_is_told_what_to_do()
    {
        var exception = TimeOut(new(launch => { launch.Stopping.WaitHandle.WaitOne(); }, InASecond));

        Assert.That(exception.Message, Does.Contain("no host was detected").And.Contain("or captures it;").And.Contain("SignalReady").And.Contain("Ready.Http"));
    }

    private static LaunchOptions InASecond => new() { StartTimeout = TimeSpan.FromSeconds(1) };

    private static LaunchTimeoutException TimeOut(Launcher launcher) => Assert.Throws<LaunchTimeoutException>(() => launcher.Start())!;
}
