using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Tests.Threading;

/// <summary>What a synchronization context keeps alive when its launch has ended.</summary>
[NotOnMono("its garbage collector is conservative")]
public sealed class HeldContextTests
{
    [Test]
    public void A_synchronization_context_that_is_kept_keeps_nothing_of_its_ended_launch()
    {
        var (context, launched) = LaunchAndKeep(() => SynchronizationContext.Current!);

        AssertCollected(launched);
        AssertStillRunsPosts(context);
    }

    [Test]
    public void A_Progress_that_is_kept_keeps_nothing_of_the_ended_launch_that_it_was_made_in()
    {
        var hasReported = new ManualResetEventSlim();
        var (progress, launched) = LaunchAndKeep(() => new Progress<int>(_ => hasReported.Set()));

        AssertCollected(launched);
        ((IProgress<int>)progress).Report(1);
        hasReported.Pass();
    }

    [Test]
    public async Task A_released_context_keeps_no_observer_and_logs_late_errors()
    {
        var (context, log, observer) = await Task.Run(EndedThread).Within();
        var error = new InvalidOperationException("late");

        AssertCollected(observer);
        context.Post(_ => throw error, null);

        Assert.That(SpinWait.SpinUntil(() => log.GetSnapshot().Any(record => record.Exception == error), Gate.Patience), Is.True);
        Assert.That(log.GetSnapshot().Select(record => record.Id.Id), Is.EqualTo(new[] { LogEvents.PostedLate, LogEvents.CallbackThrew }));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (SynchronizationContext Context, Microsoft.Extensions.Logging.Testing.FakeLogCollector Log, WeakReference Observer) EndedThread()
    {
        var observer = new Observer();
        var thread = observer.StartThread();
        thread.Context.InvokeAsync(() => Task.FromResult(true)).Wait();
        thread.CloseAsync().Wait();
        thread.Context.Release(wasInterrupted: false);
        return (thread.Context, observer.Log.Collector, new(observer));
    }

    /// <summary>Launches with a service, and keeps an object that is made on the launch thread. All others are out of reach when this returns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (T Kept, WeakReference[] Launched) LaunchAndKeep<T>(Func<T> make)
    {
        var service = new object();
        T kept = default!;
        var launcher = Launcher.For(
            () =>
            {
                kept = make();
                GC.KeepAlive(service);
            },
            options => options.ConfigureLaunchHost(own => own.Services.AddSingleton(service)));
        var handle = launcher.Start();

        // More than one post at a time, so that the watch of the queue has been armed.
        Task.WaitAll(Enumerable.Range(0, 100).Select(_ => handle.InvokeAsync(() => { })).ToArray<Task>());
        handle.Stop();
        return (kept, [new(service), new(handle)]);
    }

    private static void AssertCollected(params WeakReference[] references) =>
        Assert.That(
            SpinWait.SpinUntil(
                () =>
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    return !Array.Exists(references, reference => reference.IsAlive);
                },
                Gate.Patience),
            Is.True,
            () => $"kept: {string.Join(", ", references.Select(reference => reference.Target ?? "-"))}");

    private static void AssertStillRunsPosts(SynchronizationContext context)
    {
        using var ran = new ManualResetEventSlim();
        context.Post(_ => ran.Set(), null);
        ran.Pass();
    }
}
