using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The stop of a host by the launch.</summary>
public sealed class HostShutdownTests
{
    private static readonly Deadline Never = Deadline.After(TimeSpan.FromHours(1));

    [Test]
    public async Task A_host_that_ends_by_its_token_is_cancelled_soon_before_the_deadline_or_when_the_grace_ends()
    {
        using var first = TestHosts.With(new StopsBy(token => Task.Delay(Timeout.Infinite, token)));
        using var second = TestHosts.With(new StopsBy(token => Task.Delay(Timeout.Infinite, token)));
        await first.StartAsync().Within();
        await second.StartAsync().Within();

        Assert.That(() => HostShutdown.StopAsync(first, Deadline.After(TimeSpan.Zero), default).Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => HostShutdown.StopAsync(second, Never, new(canceled: true)).Within(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_host_whose_stop_fails_is_disposed_of_after_it()
    {
        var error = new InvalidOperationException("stop");
        using var gate = new ManualResetEventSlim();
        var host = TestHosts.With(new StopsBy(async _ =>
        {
            await Task.Run(gate.Pass);
            throw error;
        }));
        await host.StartAsync().Within();

        var stop = HostShutdown.StopAndDisposeAsync(host, Never, default);
        Assert.That(HostDisposal.HasHappened(host), Is.False);
        gate.Set();

        Assert.That(() => stop.Within(), Throws.Exception.SameAs(error));
        Assert.That(HostDisposal.HasHappened(host), Is.True);
    }

    private sealed class StopsBy(Func<CancellationToken, Task> stop) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => stop(cancellationToken);
    }
}
