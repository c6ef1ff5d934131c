using Microsoft.Extensions.Hosting;
using SafeLaunch.Tests.Hosting;

namespace SafeLaunch.Tests;

public sealed class InterruptAfterTests
{
    [Test]
    public async Task Code_that_knows_no_way_to_stop_is_interrupted_at_once_if_InterruptAfter_is_zero()
    {
        var options = new LaunchOptions { StopTimeout = TimeSpan.FromMinutes(10), InterruptAfter = TimeSpan.Zero };
        var handle = await Launcher.StartAsync(TestLaunch.UntilInterrupted, options).Within();

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
        var handle = await Launcher.StartAsync(
            context =>
            {
                (captured ?? TestHosts.With(service)).Start();
                TestLaunch.WaitStubbornly(gate);
            },
            new() { StopTimeout = TimeSpan.FromSeconds(3), HandleSignals = handlesSignals }).Within();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(service.TimeLeft, Is.GreaterThan(TimeSpan.FromMilliseconds(500)));
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
    }

    [TestCase(-1)]
    [TestCase(10_001)]
    public void An_InterruptAfter_outside_of_the_stop_time_out_is_refused(int milliseconds)
    {
        var options = new LaunchOptions { InterruptAfter = TimeSpan.FromMilliseconds(milliseconds) };

        Assert.That(() => new Launcher(() => { }, options), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("InterruptAfter"));
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
