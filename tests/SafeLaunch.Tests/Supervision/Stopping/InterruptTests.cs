using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>A delegate that does not end by itself is interrupted.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InterruptTests
{
    private static readonly Action<LaunchOptions> Short = options => options.StopTimeout = TestLaunch.ShortStop;

    [Test]
    public async Task A_delegate_that_sleeps_is_interrupted()
    {
        await using var handle = Launcher.For(TestLaunch.UntilInterrupted, Short).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Does.Contain("interrupted"));
        Assert.That(outcome.Exception, Is.Null, "the interrupt is of the stop's own making");
    }

    [Test]
    public async Task A_delegate_that_waits_for_ever_is_interrupted_though_its_wait_pumps()
    {
        using var never = new ManualResetEventSlim();
        await using var handle = Launcher.For(
            (LaunchContext context) =>
            {
                context.SignalReady();
                never.Wait();
            },
            Short).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Reason, Does.Contain("interrupted"));
    }

    [Test]
    public async Task A_delegate_that_survives_one_interrupt_is_interrupted_again()
    {
        var interrupts = 0;
        await using var handle = Launcher.For(
            (LaunchContext context) =>
            {
                context.SignalReady();
                while (interrupts < 3)
                {
                    try
                    {
                        Thread.Sleep(Timeout.Infinite);
                    }
                    catch (ThreadInterruptedException)
                    {
                        interrupts++;
                    }
                }
            },
            Short).Start();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(interrupts, Is.EqualTo(3));
    }

    [Test]
    public async Task An_interrupt_that_comes_too_late_does_no_harm()
    {
        var log = new FakeLogger();
        await using var handle = Launcher.For(
            (LaunchContext context) =>
            {
                context.SignalReady();

                // It computes, so that the interrupt finds no wait to end, and it returns with that still to come.
                var clock = new Stopwatch();
                while (clock.Elapsed < TimeSpan.FromMilliseconds(20))
                {
                    if (!clock.IsRunning && log.Collector.GetSnapshot().Any(record => record.Id.Id == 6))
                    {
                        clock.Start();
                    }
                }
            },
            options =>
            {
                options.StopTimeout = TestLaunch.ShortStop;
                options.LoggerFactory = new OneLogger(log);
            }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    private sealed class OneLogger(ILogger logger) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
            // There is nothing to release.
        }
    }
}
