using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The stop of the hosted services of a launch host, and its bound.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HostedServiceStopTests
{
    [TestCase(BlockingWaitBehavior.Pump)]
    [TestCase(BlockingWaitBehavior.Block)]
    public async Task Hosted_services_stop_although_the_delegate_is_abandoned(BlockingWaitBehavior blockingWaits)
    {
        var steps = new ConcurrentQueue<string>();
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(TestLaunch.UntilOpened(gate), options =>
        {
            options.BlockingWaits = blockingWaits;
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new AwaitingService("a", steps)));
        }).Start();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(steps.Skip(2), Is.EqualTo(new[] { "a stops", "a has stopped" }));
    }

    [Test]
    public async Task A_hosted_service_that_fails_to_stop_is_in_the_outcome()
    {
        var error = new InvalidOperationException("stop");
        await using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new FailingService { StopError = error }))).Start();

        Assert.That((await handle.StopAsync().Within()).Exception, Is.SameAs(error).Or.InnerException.SameAs(error));
    }

    [Test]
    public async Task A_hosted_service_that_never_stops_is_bounded_and_reported()
    {
        using var gate = new ManualResetEventSlim();
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new FailingService { WhenStopped = () => gate.Pass() }));
        }).Start();

        var outcome = await handle.StopAsync().Within();
        gate.Set();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Exception, Is.TypeOf<LaunchTimeoutException>().With.Message.Contains("launch host"));
    }

    [Test]
    public async Task A_hosted_service_whose_stop_never_ends_is_what_the_reason_names()
    {
        var never = Gate.NewSource();
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new LateService(_ => never.Task)));
        }).Start();

        var outcome = await handle.StopAsync().Within();
        never.SetResult();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Abandoned));
        Assert.That(outcome.Reason, Does.Contain("Its launch host did not end").And.Contain("is free"));
    }

    [Test]
    public async Task A_hosted_service_that_takes_all_the_time_that_it_is_given_has_ended_in_time()
    {
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new LateService(token => Task.Delay(Timeout.Infinite, token))));
        }).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
        Assert.That(outcome.Exception, Is.Null);
    }

    private sealed class LateService(Func<CancellationToken, Task> stop) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => stop(cancellationToken);
    }
}
