using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests.Threading;

public sealed class CurrentContextTests
{
    [Test]
    public async Task The_delegate_and_its_awaits_see_the_launch_synchronization_context()
    {
        var seen = new List<SynchronizationContext?>();
        await using var handle = await Launcher.For(async () =>
        {
            seen.Add(SynchronizationContext.Current);
            await Task.Yield();
            seen.Add(SynchronizationContext.Current);
            await Task.Run(() => { });
            seen.Add(SynchronizationContext.Current);
        }).StartAsync().Within();

        Assert.That(seen, Has.Count.EqualTo(3));
        Assert.That(seen, Is.All.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task The_LaunchContext_hands_out_the_same_context_as_the_handle()
    {
        SynchronizationContext? seen = null;
        await using var handle = Launcher.For(context => { seen = context.SynchronizationContext; }).Start();

        Assert.That(seen, Is.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task Posted_and_invoked_work_sees_the_launch_synchronization_context()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var posted = Gate.NewSource<SynchronizationContext?>();
        handle.SynchronizationContext.Post(_ => posted.SetResult(SynchronizationContext.Current), null);

        Assert.That(await posted.Task.Within(), Is.SameAs(handle.SynchronizationContext));
        Assert.That(await handle.InvokeAsync(() => SynchronizationContext.Current).Within(), Is.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task Work_posted_from_within_another_context_sees_the_launch_synchronization_context()
    {
        await using var handle = Launcher.For(() => { }).Start();
        await using var other = Launcher.For(() => { }).Start();
        var posted = Gate.NewSource<SynchronizationContext?>();

        await other.InvokeAsync(() => handle.SynchronizationContext.Post(_ => posted.SetResult(SynchronizationContext.Current), null)).Within();

        Assert.That(await posted.Task.Within(), Is.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task Every_hosted_service_of_the_launch_host_starts_and_stops_in_the_launch_synchronization_context()
    {
        var seen = new List<SynchronizationContext?>();
        var handle = await Launcher.For(() => { }, options => options.ConfigureLaunchHost(builder =>
            {
                builder.Services.AddSingleton<IHostedService>(new Service(seen));
                builder.Services.AddSingleton<IHostedService>(new Service(seen));
            })).StartAsync().Within();
        var context = handle.SynchronizationContext;
        await handle.StopAsync().Within();

        // Two services, each before and after an await, at the start and at the stop.
        Assert.That(seen, Has.Count.EqualTo(8));
        Assert.That(seen, Is.All.SameAs(context));
    }

    [Test]
    public async Task A_callback_that_sets_another_context_does_not_affect_the_next()
    {
        await using var handle = Launcher.For(() => { }).Start();
        handle.SynchronizationContext.Post(_ => SynchronizationContext.SetSynchronizationContext(new()), null);
        var next = Gate.NewSource<SynchronizationContext?>();
        handle.SynchronizationContext.Post(_ => next.SetResult(SynchronizationContext.Current), null);

        Assert.That(await next.Task.Within(), Is.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task A_callback_that_sets_no_context_and_throws_does_not_affect_the_next()
    {
        await using var handle = Launcher.For(() => { }, options => options.UnhandledExceptions = UnhandledExceptionBehavior.Log).Start();
        handle.SynchronizationContext.Post(
            _ =>
            {
                SynchronizationContext.SetSynchronizationContext(null);
                throw new InvalidOperationException();
            },
            null);
        var next = Gate.NewSource<SynchronizationContext?>();
        handle.SynchronizationContext.Post(_ => next.SetResult(SynchronizationContext.Current), null);

        Assert.That(await next.Task.Within(), Is.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task A_callback_that_a_wait_runs_does_not_affect_the_context_of_the_waiting_code()
    {
        await using var handle = Launcher.For(() => { }).Start();

        var (during, after) = await handle.InvokeAsync(() =>
        {
            using var gate = new ManualResetEvent(initialState: false);
            SynchronizationContext? during = null;
            SynchronizationContext.Current!.Post(
                _ =>
                {
                    during = SynchronizationContext.Current;
                    SynchronizationContext.SetSynchronizationContext(new());
                    gate.Set();
                },
                null);
            gate.WaitOne();
            return (during, SynchronizationContext.Current);
        }).Within();

        Assert.That(during, Is.SameAs(handle.SynchronizationContext));
        Assert.That(after, Is.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public void A_copy_of_the_context_is_the_context()
    {
        using var handle = Launcher.For(() => { }).Start();

        Assert.That(handle.SynchronizationContext.CreateCopy(), Is.SameAs(handle.SynchronizationContext));
    }

    [Test]
    public async Task A_task_scheduler_made_from_the_context_runs_its_tasks_on_the_launch_thread()
    {
        await using var handle = Launcher.For(() => { }).Start();
        var thread = await handle.ThreadAsync();
        var scheduler = await handle.InvokeAsync(TaskScheduler.FromCurrentSynchronizationContext).Within();

        var (ran, context) = await Task.Factory.StartNew(
            () => (Thread.CurrentThread, SynchronizationContext.Current), CancellationToken.None, TaskCreationOptions.None, scheduler).Within();

        Assert.That(ran, Is.SameAs(thread));
        Assert.That(context, Is.SameAs(handle.SynchronizationContext));
    }

    private sealed class Service(List<SynchronizationContext?> seen) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => this.LookAsync();

        public Task StopAsync(CancellationToken cancellationToken) => this.LookAsync();

        private async Task LookAsync()
        {
            seen.Add(SynchronizationContext.Current);
            await Task.Yield();
            seen.Add(SynchronizationContext.Current);
        }
    }
}
