using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Tests;

/// <summary>A caller may keep a handle, or something made inside the launch, for long after its end.</summary>
public sealed class KeptHandleTests
{
    [Test]
    [NotOnMono(Mono.CollectorKeepsTooMuch)]
    public async Task A_kept_handle_keeps_neither_host_nor_service_nor_delegate()
    {
        var (kept, gone) = await EndAsync(static (handle, _) => handle);

        await AssertCollectedAsync(gone);
        GC.KeepAlive(kept);
    }

    [Test]
    [NotOnMono(Mono.CollectorKeepsTooMuch)]
    public async Task A_kept_synchronization_context_keeps_neither_host_nor_service_nor_delegate()
    {
        var (kept, gone) = await EndAsync(static (handle, _) => handle.SynchronizationContext);

        await AssertCollectedAsync(gone);
        GC.KeepAlive(kept);
    }

    [Test]
    [NotOnMono(Mono.CollectorKeepsTooMuch)]
    public async Task A_kept_Progress_keeps_neither_host_nor_service_nor_delegate()
    {
        var (kept, gone) = await EndAsync(static (_, progress) => progress);

        await AssertCollectedAsync(gone);
        GC.KeepAlive(kept);
    }

    [Test]
    public async Task A_captured_host_that_is_never_run_keeps_none_of_its_launches()
    {
        using var host = TestHosts.With();

        var gone = await LaunchBesideAsync(host);

        await AssertCollectedAsync([gone]);
        GC.KeepAlive(host);
    }

    [Test]
    [NotOnMono(Mono.CollectorKeepsTooMuch)]
    public async Task A_kept_token_that_could_have_cancelled_the_start_keeps_no_launch()
    {
        using var cancellation = new CancellationTokenSource();

        var gone = await LaunchWithAsync(cancellation.Token);

        await AssertCollectedAsync([gone]);
        cancellation.Cancel();
    }

    [Test]
    public async Task Hosts_is_empty_after_the_end()
    {
        var handle = await Launcher.For(() => TestHosts.With().Run()).StartAsync().Within();
        Assert.That(handle.Hosts, Has.Count.EqualTo(1));

        await handle.StopAsync().Within();

        Assert.That(handle.Hosts, Is.Empty);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(object Kept, WeakReference[] Gone)> EndAsync(Func<LaunchHandle, object, object> keep)
    {
        var service = new CountingService();
        var own = new CountingService();
        WeakReference? host = null;
        Progress<int>? progress = null;
        var handle = await Launcher.For(
            () =>
            {
                progress = new Progress<int>();
                var built = TestHosts.With(service);
                host = new(built);
                built.Run();
            },
            options => options.ConfigureLaunchHost(launchHost => launchHost.Services.AddSingleton<IHostedService>(own))).StartAsync().Within();
        var kept = keep(handle, progress!);
        var services = new WeakReference(handle.LaunchServices);
        await handle.StopAsync().Within();
        return (kept, [host!, new(service), new(own), services]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LaunchBesideAsync(IHost captured)
    {
        var marker = new object();
        var handle = await Launcher.For(() =>
        {
            GC.KeepAlive(captured);
            GC.KeepAlive(marker);
        }).StartAsync().Within();
        await handle.StopAsync().Within();
        return new(marker);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LaunchWithAsync(CancellationToken cancellationToken)
    {
        var marker = new object();
        var handle = await Launcher.For(() => GC.KeepAlive(marker)).StartAsync(cancellationToken).Within();
        await handle.StopAsync(CancellationToken.None).Within();
        return new(marker);
    }

    private static async Task AssertCollectedAsync(WeakReference[] gone)
    {
        // Off the stack of the method that made them, which may continue here.
        await Task.Yield();
        Assert.That(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return gone.Count(reference => reference.IsAlive);
            },
            Is.Zero.After((int)Gate.Patience.TotalMilliseconds, 50));
    }
}
