using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Background services of a launch host that end or fail.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BackgroundServiceTests
{
    [Test]
    public async Task A_background_service_that_fails_crashes_the_launch()
    {
        var error = new InvalidOperationException("background");
        var gate = Gate.NewSource();
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new Background(async () =>
            {
                await gate.Task;
                throw error;
            })))).Start();

        gate.SetResult();
        var outcome = await handle.EndAsync();

        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_background_service_that_fails_while_another_service_starts_is_what_failed_the_start()
    {
        for (var i = 0; i < 50; i++)
        {
            var fault = new InvalidOperationException("fault");
            var service = new FaultingService(fault);
            var gated = new GatedService();
            var start = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(service).AddSingleton<IHostedService>(gated))).StartAsync();
            await gated.Entered.Within();

            service.Open();

            Assert.That(async () => await start.Within(), Throws.Exception.SameAs(fault));
        }
    }

    [Test]
    public void A_background_service_that_fails_before_the_start_of_the_host_has_returned_is_what_failed_the_start()
    {
        var fault = new InvalidOperationException("fault");
        using var release = new ManualResetEventSlim();
        var service = new FaultingService(fault);

        var thrown = TestLaunch.StartError(_ => { }, options =>
        {
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services
                .AddSingleton<IHostedService>(service)
                .AddHostedService(_ => new CancelledService(service.Open, whenCancelled: release.Pass)));
        });
        release.Set();

        Assert.That(thrown, Is.SameAs(fault));
    }

    [Test]
    public async Task A_background_service_that_fails_while_another_service_blocks_ends_the_start()
    {
        var fault = new InvalidOperationException("fault");
        var service = new FaultingService(fault);
        using var isBlocked = new ManualResetEventSlim();
        var start = Launcher.For(() => { }, options =>
        {
            options.StartTimeout = Timeout.InfiniteTimeSpan;
            options.StopTimeout = TestLaunch.ShortStop;
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(service).AddHostedService(_ => new BlockingService(isBlocked.Set)));
        }).StartAsync();
        isBlocked.Pass();

        service.Open();

        Assert.That(async () => await start.Within(), Throws.Exception.SameAs(fault));
    }

    [Test]
    public async Task A_background_service_whose_failure_the_host_ignores_does_not_crash_the_launch()
    {
        var failed = Gate.NewSource();
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.ConfigureLaunchHost(host =>
            {
                host.Services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
                host.Services.AddSingleton(new Background(async () =>
                {
                    await failed.Task;
                    throw new InvalidOperationException("ignored");
                }));
                host.Services.AddHostedService(services => services.GetRequiredService<Background>());
            })).Start();
        failed.SetResult();
        Assert.That(async () => await handle.LaunchServices.GetRequiredService<Background>().ExecuteTask!.Within(), Throws.InvalidOperationException);

        handle.LaunchServices.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public async Task The_end_of_a_background_service_does_not_end_the_launch()
    {
        await using var handle = Launcher.For(TestLaunch.UntilStopped, options => options.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new Background(() => Task.CompletedTask)))).Start();
        await ((BackgroundService)handle.LaunchServices.GetServices<IHostedService>().Single()).ExecuteTask!.Within();

        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    /// <summary>Ends by nothing but an interrupt.</summary>
    private sealed class BlockingService(Action whenBlocked) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            whenBlocked();
            Thread.Sleep(Timeout.Infinite);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Blocks in its start until that is cancelled. The thread that cancels it does not go on before it is released.</summary>
    private sealed class CancelledService(Action whenBlocked, Action whenCancelled) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            cancellationToken.Register(whenCancelled);
            whenBlocked();
            cancellationToken.WaitHandle.WaitOne(Gate.Patience);
            return Task.FromCanceled(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Background(Func<Task> execute) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => execute();
    }
}
