using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Tests.Faults;

namespace SafeLaunch.Tests.Supervision.Stopping;

/// <summary>On which threads a stop calls code of others.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StopThreadTests
{
    [Test]
    public async Task A_thread_that_asks_for_a_stop_runs_no_callback_of_the_app_and_no_logger()
    {
        var calls = new ConcurrentQueue<(string Name, int Thread)>();
        var (isAsked, hasEnded) = (Gate.NewSource(), new ManualResetEventSlim());
        var handle = await Launcher.For(
            () =>
            {
                var builder = Host.CreateEmptyApplicationBuilder(settings: null);
                builder.Services.AddHostedService(_ => new SilentService());
                var host = builder.Build();
                host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => Note("ApplicationStopping"));
                host.Run();
            },
            options =>
            {
                options.StopWith(_ =>
                {
                    Note("StopWith");
                    return Task.CompletedTask;
                });
                options.LoggerFactory = new FaultyLogger(() => Note("log"));
            }).StartAsync().Within();
        handle.Stopping.Register(() => Note("Stopping"));
        calls.Clear();
        var thread = TestLaunch.OnThread(() =>
        {
            handle.RequestStop();
            isAsked.SetResult();

            // No other thread gets its id before the end.
            hasEnded.Pass();
        });

        await isAsked.Task.Within();
        await handle.EndAsync();
        var asking = thread.ManagedThreadId;
        hasEnded.Set();

        Assert.That(calls.Select(call => call.Name).Distinct(), Is.EquivalentTo(new[] { "log", "Stopping", "ApplicationStopping", "StopWith" }));
        Assert.That(calls.Where(call => call.Thread == asking), Is.Empty);

        void Note(string name) => calls.Enqueue((name, Environment.CurrentManagedThreadId));
    }

    [Test]
    public async Task A_continuation_of_Completion_does_not_run_on_the_launch_thread()
    {
        var launchThread = 0;
        var handle = await Launcher.For(launch =>
        {
            launchThread = Environment.CurrentManagedThreadId;
            TestLaunch.UntilStopped(launch);
        }).StartAsync().Within();
        var continuation = handle.Completion.ContinueWith(
            _ => Environment.CurrentManagedThreadId,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        handle.RequestStop();

        Assert.That(await continuation.Within(), Is.Not.EqualTo(launchThread));
    }

    [Test]
    public async Task A_delegate_whose_task_ends_inside_other_code_of_the_launch_thread_is_stopped_after_that_code()
    {
        var end = new TaskCompletionSource();
        var isInside = Gate.NewSource();
        using var gate = new ManualResetEventSlim();
        await using var handle = await Launcher.For(async launch =>
        {
            launch.SignalReady();
            await end.Task.ConfigureAwait(false);
        }).StartAsync().Within();
        var code = handle.InvokeAsync(() =>
        {
            SynchronizationContext.SetSynchronizationContext(null);
            end.SetResult();
            isInside.SetResult();
            gate.Pass();
        });
        await isInside.Task.Within();

        Assert.That(handle.Completion.IsCompleted, Is.False);
        gate.Set();

        await code.Within();
        Assert.That((await handle.EndAsync()).Kind, Is.EqualTo(LaunchOutcomeKind.Returned));
    }

    private sealed class SilentService : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
