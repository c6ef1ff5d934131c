using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The hosted services of a launch host: their order, their thread and their start.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HostedServiceTests
{
    [Test]
    public async Task Hosted_services_start_before_the_delegate_and_stop_after_it()
    {
        var steps = new ConcurrentQueue<string>();
        await using (Launcher.For(
            context =>
            {
                steps.Enqueue("delegate starts");
                TestLaunch.UntilStopped(context);
                steps.Enqueue("delegate ends");
            },
            options => options.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new AwaitingService("a", steps)))).Start())
        {
            Assert.That(steps, Is.EqualTo(new[] { "a starts", "a has started", "delegate starts" }));
        }

        Assert.That(steps.Skip(3), Is.EqualTo(new[] { "delegate ends", "a stops", "a has stopped" }));
    }

    [Test]
    public async Task Hosted_services_that_really_await_each_run_on_the_launch_thread()
    {
        var services = Enumerable.Range(0, 4).Select(i => new AwaitingService($"{i}", [])).ToArray();
        await using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => Array.ForEach(services, service => host.Services.AddSingleton<IHostedService>(service)))).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(services.SelectMany(service => service.Threads), Has.Exactly(16).EqualTo(outcome.ThreadId));
        Assert.That(services.SelectMany(service => service.Contexts), Has.Exactly(16).SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task Hosted_services_may_be_given_as_types_instances_or_functions_and_are_made_once()
    {
        var instance = new AwaitingService("instance", []);
        var made = 0;
        await using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host =>
            {
                host.Services.AddSingleton(new ConcurrentQueue<string>());
                host.Services.AddHostedService<TypedService>();
                host.Services.AddSingleton<IHostedService>(instance);
                host.Services.AddHostedService(_ =>
                {
                    made++;
                    return new FailingService();
                });
            })).Start();

        Assert.That(handle.LaunchServices.GetRequiredService<ConcurrentQueue<string>>(), Is.EqualTo(new[] { "typed starts" }));
        Assert.That(instance.Threads, Has.Count.EqualTo(2));
        Assert.That(made, Is.EqualTo(1));
    }

    [Test]
    public async Task Lifecycle_services_are_called_for_every_step_on_the_launch_thread()
    {
        var service = new LifecycleService();
        await using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(service))).Start();

        var outcome = await handle.StopAsync().Within();

        Assert.That(service.Steps.Select(step => step.Name), Is.EqualTo(new[] { "Starting", "Start", "Started", "Stopping", "Stop", "Stopped" }));
        Assert.That(service.Steps.Select(step => step.Thread), Has.All.EqualTo(outcome.ThreadId));
    }

    [Test]
    public async Task Hosted_services_stop_in_reverse_order()
    {
        var steps = new ConcurrentQueue<string>();
        await using (Launcher.For(() => { }, options => options.ConfigureLaunchHost(host =>
            {
                host.Services.AddSingleton<IHostedService>(new AwaitingService("a", steps));
                host.Services.AddSingleton<IHostedService>(new AwaitingService("b", steps));
            })).Start())
        {
            steps.Clear();
        }

        Assert.That(steps, Is.EqualTo(new[] { "b stops", "b has stopped", "a stops", "a has stopped" }));
    }

    [Test]
    public void A_hosted_service_that_fails_to_start_fails_the_start_with_it()
    {
        var error = new InvalidOperationException("start");
        var hasBegun = false;
        var wasAsked = false;

        var thrown = TestLaunch.StartError(_ => hasBegun = true, options =>
        {
            options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(new FailingService { StartError = error }));
            options.StopWith(_ =>
            {
                wasAsked = true;
                return Task.CompletedTask;
            });
        });

        Assert.That(thrown, Is.SameAs(error));
        Assert.That(hasBegun, Is.False);
        Assert.That(wasAsked, Is.False, "StopWith ends a server, and there is none");
    }

    [Test]
    public void A_hosted_service_whose_constructor_throws_is_constructed_only_once()
    {
        var made = 0;

        Assert.That(
            async () => await Launcher.For(() => { }, options => options.ConfigureLaunchHost(host => host.Services.AddSingleton<IHostedService>(_ =>
                {
                    made++;
                    throw new InvalidOperationException("made");
                }))).StartAsync().Within(),
            Throws.InvalidOperationException.With.Message.EqualTo("made"));

        Assert.That(made, Is.EqualTo(1));
    }

    private sealed class TypedService(ConcurrentQueue<string> steps) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            steps.Enqueue("typed starts");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class LifecycleService : IHostedLifecycleService
    {
        public ConcurrentQueue<(string Name, int Thread)> Steps { get; } = [];

        public Task StartingAsync(CancellationToken cancellationToken) => this.StepAsync("Starting");

        public Task StartAsync(CancellationToken cancellationToken) => this.StepAsync("Start");

        public Task StartedAsync(CancellationToken cancellationToken) => this.StepAsync("Started");

        public Task StoppingAsync(CancellationToken cancellationToken) => this.StepAsync("Stopping");

        public Task StopAsync(CancellationToken cancellationToken) => this.StepAsync("Stop");

        public Task StoppedAsync(CancellationToken cancellationToken) => this.StepAsync("Stopped");

        private async Task StepAsync(string name)
        {
            await Task.Run(() => { });
            this.Steps.Enqueue((name, Environment.CurrentManagedThreadId));
        }
    }
}
