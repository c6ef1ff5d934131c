using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Supervision.Stopping;

public sealed class InterruptAfterTests
{
    [Test]
    public async Task Code_that_knows_no_way_to_stop_is_interrupted_at_once_if_InterruptAfter_is_zero()
    {
        Action<LaunchOptions> configure = options =>
        {
            options.StopTimeout = TimeSpan.FromMinutes(10);
            options.InterruptAfter = TimeSpan.Zero;
        };
        var handle = await Launcher.For(TestLaunch.UntilInterrupted, configure).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop. It did not end within 00:00:00; its thread was interrupted."));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_host_beside_a_delegate_that_ignores_the_stop_has_its_own_time_to_stop(bool handlesSignals)
    {
        using var log = new LogRecorder();
        var service = new AsksWhetherTimeIsLeft(log);

        var outcome = await StopBesideStubbornDelegateAsync(service, captured: null, options =>
        {
            options.StopTimeout = TimeSpan.FromMinutes(10);
            options.HandleSignals = handlesSignals;
            options.LoggerFactory = log.Factory;
        });

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
    }

    [Test]
    public async Task A_captured_host_beside_a_delegate_that_ignores_the_stop_has_the_second_half_of_the_stop_time_out()
    {
        using var log = new LogRecorder();
        var service = new AsksWhetherTimeIsLeft(log);

        var outcome = await StopBesideStubbornDelegateAsync(service, TestHosts.With(service), options =>
        {
            options.StopTimeout = TimeSpan.FromSeconds(4);
            options.LoggerFactory = log.Factory;
        });

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
    }

    [TestCase(-1)]
    [TestCase(10_001)]
    public void An_InterruptAfter_outside_of_the_stop_time_out_is_refused(int milliseconds)
    {
        Action<LaunchOptions> configure = options => options.InterruptAfter = TimeSpan.FromMilliseconds(milliseconds);

        Assert.That(() => Launcher.For(() => { }, configure), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("InterruptAfter"));
    }

    /// <summary>Ends the grace once the service is being stopped.</summary>
    private static async Task<LaunchOutcome> StopBesideStubbornDelegateAsync(AsksWhetherTimeIsLeft service, IHost? captured, Action<LaunchOptions> configure)
    {
        using var gate = new ManualResetEventSlim();
        using var grace = new CancellationTokenSource();
        var handle = await Launcher.For(
            () =>
            {
                (captured ?? TestHosts.With(service)).Start();
                TestLaunch.WaitStubbornly(gate);
            },
            configure).StartAsync().Within();

        var stop = handle.StopAsync(grace.Token);
        Assert.That(await service.IsTimeLeft.Within(), Is.True);
        grace.Cancel();
        var outcome = await stop.Within();
        gate.Set();
        return outcome;
    }

    /// <summary>Observes in its stop whether the launch still lets its code end by itself.</summary>
    private sealed class AsksWhetherTimeIsLeft(LogRecorder log) : IHostedService
    {
        private readonly TaskCompletionSource<bool> isTimeLeft = Gate.NewSource<bool>();

        public Task<bool> IsTimeLeft => this.isTimeLeft.Task;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            this.isTimeLeft.SetResult(!cancellationToken.IsCancellationRequested && log.Of(LogEvents.Interrupting).Count == 0);
            return Task.CompletedTask;
        }
    }
}
