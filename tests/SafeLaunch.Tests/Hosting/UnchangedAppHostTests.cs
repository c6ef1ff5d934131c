using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Launched code sees its hosts and services as it does without a launch.</summary>
public sealed class UnchangedAppHostTests
{
    [Test]
    public async Task A_transient_hosted_service_is_constructed_once()
    {
        var constructed = 0;
        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Services.AddTransient<IHostedService>(_ =>
            {
                constructed++;
                return new CountingService();
            });
            builder.Build().Run();
        }).StartAsync().Within();

        await handle.StopAsync().Within();

        Assert.That(constructed, Is.EqualTo(1));
    }

    [Test]
    public async Task The_fault_of_a_transient_background_service_is_the_outcome()
    {
        var error = new InvalidOperationException("fault");
        FaultingService? service = null;
        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Services.AddTransient<IHostedService>(_ => service = new FaultingService(error));
            builder.Build().Run();
        }).StartAsync().Within();

        service!.Open();

        var outcome = await handle.EndAsync();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Crashed));
        Assert.That(outcome.Exception, Is.SameAs(error));
    }

    [Test]
    public async Task The_fault_of_a_background_service_of_a_captured_host_is_the_outcome()
    {
        var error = new InvalidOperationException("fault");
        var service = new FaultingService(error);
        var host = TestHosts.With(service);
        await using var handle = await Launcher.For(() => host.Run()).StartAsync().Within();

        service.Open();

        Assert.That((await handle.EndAsync()).Exception, Is.SameAs(error));
    }

    [Test]
    public async Task A_hosted_service_whose_constructor_asks_for_a_stop_is_constructed_once()
    {
        var constructed = 0;

        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Services.AddTransient<IHostedService>(provider =>
            {
                constructed++;
                provider.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                return new CountingService();
            });
            builder.Build().Run();
        }).StartAsync().Within();
        await handle.EndAsync();

        Assert.That(constructed, Is.EqualTo(1));
    }

    [Test]
    public async Task The_last_hosted_service_of_the_container_is_the_apps()
    {
        var service = new CountingService();
        IHostedService? last = null;
        await using var handle = await Launcher.For(() =>
        {
            var host = TestHosts.With(service);
            last = host.Services.GetRequiredService<IHostedService>();
            host.Run();
        }).StartAsync().Within();

        Assert.That(last, Is.SameAs(service));
    }

    [Test]
    public async Task A_lifetime_that_the_app_has_registered_is_used()
    {
        var lifetime = new AppLifetime();
        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Services.AddSingleton<IHostLifetime>(lifetime);
            builder.Build().Run();
        }).StartAsync().Within();

        Assert.That(lifetime.HasWaited, Is.True);
        Assert.That(handle.Hosts[0].Services.GetRequiredService<IHostLifetime>(), Is.SameAs(lifetime));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_host_that_its_code_has_disposed_of_is_not_asked_to_stop(bool isCaptured)
    {
        using var log = new LogRecorder();
        var captured = isCaptured ? Build() : null;
        var isOver = Gate.NewSource();
        await using var handle = await Launcher.For(async context =>
        {
            var host = captured ?? Build();
            await host.StartAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
            isOver.SetResult();
            await Task.Delay(Timeout.Infinite, context.Stopping);
        }).StartAsync().Within();
        await isOver.Task.Within();

        await handle.StopAsync().Within();

        Assert.That(log.All.Where(record => record.Level >= LogLevel.Error), Is.Empty);

        IHost Build()
        {
            var builder = TestHosts.Builder();
            builder.Services.AddSingleton<ILoggerFactory>(log.Factory);
            return builder.Build();
        }
    }

    [Test]
    public async Task ReadyWhen_alone_decides_though_a_handled_host_failed_and_the_delegate_returned()
    {
        var ready = Gate.NewSource();
        var hasReturned = Gate.NewSource();
        var start = Launcher.For(
            () =>
            {
                Assert.Catch(() => TestHosts.With(new FailsToStart()).Run());
                hasReturned.SetResult();
            },
            options => options.ReadyWhen((_, _) => ready.Task)).StartAsync();
        await hasReturned.Task.Within();

        ready.SetResult();

        await using var handle = await start.Within();
        Assert.That(handle.State, Is.EqualTo(LaunchState.Running));
    }

    [Test]
    public async Task The_launch_host_shows_its_hosted_services_as_themselves()
    {
        var service = new CountingService();
        await using var handle = await Launcher.For(
            () => { },
            options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(service))).StartAsync().Within();

        Assert.That(handle.LaunchServices.GetServices<IHostedService>(), Is.EqualTo(new[] { service }));
    }

    [Test]
    public async Task A_transient_hosted_service_of_the_launch_host_is_constructed_once()
    {
        var constructed = 0;
        await using var handle = await Launcher.For(
            () => { },
            options => options.ConfigureLaunchHost(host => host.Services.AddTransient<IHostedService>(_ =>
                {
                    constructed++;
                    return new CountingService();
                }))).StartAsync().Within();

        await handle.StopAsync().Within();

        Assert.That(constructed, Is.EqualTo(1));
    }

    private sealed class AppLifetime : IHostLifetime
    {
        public bool HasWaited { get; private set; }

        public Task WaitForStartAsync(CancellationToken cancellationToken)
        {
            this.HasWaited = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class FailsToStart : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no database");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
