using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Hosting;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Which background service of a host has failed, as a host is asked that begins to stop.</summary>
public sealed class HostFaultTests
{
    [Test]
    public async Task The_exception_of_a_service_that_failed_is_found_before_and_after_the_host_has_started()
    {
        var error = new InvalidOperationException("fault");
        var service = new TaskService();
        using var host = TestHosts.With(service);
        var fault = new HostFault(host);
        Assert.That(fault.Find(), Is.Null, "no service has been made yet");
        await host.StartAsync().Within();
        service.Execution = Task.FromException(error);

        Assert.That(fault.Find(), Is.SameAs(error));
        fault.OnStarted();
        Assert.That(fault.Find(), Is.SameAs(error));
    }

    [Test]
    public async Task A_host_whose_services_run_or_have_ended_without_an_error_has_no_fault()
    {
        var fault = await StartAsync(Task.CompletedTask, new TaskCompletionSource().Task);

        Assert.That(fault.Find(), Is.Null);
    }

    [Test]
    public async Task A_host_that_ignores_the_faults_of_its_services_has_none()
    {
        var builder = TestHosts.Builder();
        var service = new TaskService();
        builder.Services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore).AddSingleton<IHostedService>(service);
        using var host = builder.Build();
        await host.StartAsync().Within();
        service.Execution = Task.FromException(new InvalidOperationException("ignored"));

        Assert.That(new HostFault(host).Find(), Is.Null);
    }

    [Test]
    public async Task The_services_of_a_host_that_has_started_are_known_though_it_is_disposed_of()
    {
        var host = TestHosts.With(new TaskService());
        await host.StartAsync().Within();
        var fault = new HostFault(host);
        fault.OnStarted();

        host.Dispose();

        Assert.That(fault.Find(), Is.Null);
    }

    [Test]
    public async Task A_cancelled_service_has_failed_only_where_the_host_stops_for_it()
    {
        var fault = await StartAsync(Task.FromCanceled(new(canceled: true)));

        Assert.That(fault.Find(), Is.Null);
        Assert.That(TryExecuteBackgroundService(fault.Find), Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task An_exception_counts_more_than_a_cancellation()
    {
        var error = new InvalidOperationException("fault");
        var fault = await StartAsync(Task.FromCanceled(new(canceled: true)), Task.FromException(error));

        Assert.That(TryExecuteBackgroundService(fault.Find), Is.SameAs(error));
    }

    /// <summary>Of a host that runs services with these tasks.</summary>
    private static async Task<HostFault> StartAsync(params Task[] executions)
    {
        TaskService[] services = [.. executions.Select(_ => new TaskService())];
        var host = TestHosts.With(services);
        await host.StartAsync().Within();
        for (var i = 0; i < services.Length; i++)
        {
            services[i].Execution = executions[i];
        }

        return new(host);
    }

    /// <summary>Has the name of the method in which a host watches its services.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Exception? TryExecuteBackgroundService(Func<Exception?> find)
    {
        var found = find();
        return found;
    }

    /// <summary>Its work is a task that the test gives it once its host has started, and does not watch it for that reason.</summary>
    private sealed class TaskService : BackgroundService
    {
        public Task? Execution { get; set; }

        public override Task? ExecuteTask => this.Execution;

        public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
