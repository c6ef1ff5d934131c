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

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task A_host_beside_a_delegate_that_ignores_the_stop_has_its_own_time_to_stop(bool handlesSignals, bool isCaptured)
    {
        var service = new StopsWithToken();
        var captured = isCaptured ? TestHosts.With(service) : null;
        using var gate = new ManualResetEventSlim();
        var handle = await Launcher.For(
            context =>
            {
                (captured ?? TestHosts.With(service)).Start();
                TestLaunch.WaitStubbornly(gate);
            },
            options =>
            {
                options.StopTimeout = TimeSpan.FromSeconds(3);
                options.HandleSignals = handlesSignals;
            }).StartAsync().Within();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(service.TimeLeft, Is.GreaterThan(TimeSpan.FromMilliseconds(500)));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
    }

    [TestCase(-1)]
    [TestCase(10_001)]
    public void An_InterruptAfter_outside_of_the_stop_time_out_is_refused(int milliseconds)
    {
        Action<LaunchOptions> configure = options => options.InterruptAfter = TimeSpan.FromMilliseconds(milliseconds);

        Assert.That(() => Launcher.For(() => { }, configure), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("InterruptAfter"));
    }

    /// <summary>Measures how long its token lets it go on, for as long as that matters.</summary>
    private sealed class StopsWithToken : IHostedService
    {
        public TimeSpan TimeLeft { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(600), cancellationToken)).ConfigureAwait(false);
            this.TimeLeft = clock.Elapsed;
        }
    }
}
