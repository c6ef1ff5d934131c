using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PluginContract;
using SafeLaunch;

namespace LaunchPlugin;

/// <summary>A launch that ends in some way, which is checked here.</summary>
/// <param name="launcher">The launch call.</param>
/// <param name="expected">How it is to end.</param>
public abstract class EndingPlugin(Launcher launcher, LaunchOutcomeKind expected) : IPlugin
{
    public static readonly Uri Nowhere = new("about:blank");

    protected LaunchHandle? Handle { get; private set; }

    public async Task<Uri> StartAsync()
    {
        this.Handle = await launcher.StartAsync();
        return Nowhere;
    }

    public virtual async Task StopAsync()
    {
        var outcome = await this.Handle!.StopAsync();
        if (outcome.Kind != expected)
        {
            throw new InvalidOperationException($"It ended otherwise: {outcome}", outcome.Exception);
        }
    }
}

public sealed class FailingStart() : EndingPlugin(Launcher.For(() => throw new PluginException()), LaunchOutcomeKind.Crashed);

public sealed class NeverReady() : EndingPlugin(
    Launcher.For(
        launch => launch.Stopping.WaitHandle.WaitOne(),
        options =>
        {
            options.StartTimeout = TimeSpan.FromMilliseconds(50);
            options.ReadyWhen((_, stopping) => Task.Delay(Timeout.Infinite, stopping));
        }),
    LaunchOutcomeKind.Crashed);

public sealed class Crash() : EndingPlugin(
    Launcher.For(launch =>
    {
        launch.SignalReady();
        launch.Stopping.WaitHandle.WaitOne();
    }),
    LaunchOutcomeKind.Crashed)
{
    public override async Task StopAsync()
    {
        this.Handle!.SynchronizationContext.Post(_ => throw new PluginException(), state: null);
        await this.Handle.Completion;
        await base.StopAsync();
    }
}

/// <summary>A delegate that ignores every request, until it is released.</summary>
public sealed class Abandoned : EndingPlugin
{
    private readonly ManualResetEventSlim gate;

    public Abandoned()
        : this(new ManualResetEventSlim())
    {
    }

    private Abandoned(ManualResetEventSlim gate)
        : base(Launcher.For(launch => WaitStubbornly(launch, gate), options => options.StopTimeout = TimeSpan.FromMilliseconds(50)), LaunchOutcomeKind.Abandoned) =>
        this.gate = gate;

    public override async Task StopAsync()
    {
        await base.StopAsync();
        this.gate.Set();
    }

    private static void WaitStubbornly(LaunchContext launch, ManualResetEventSlim gate)
    {
        launch.SignalReady();
        while (!gate.IsSet)
        {
            try
            {
                gate.Wait();
            }
            catch (ThreadInterruptedException)
            {
                // It ignores even that.
            }
        }
    }
}

/// <summary>All parts that a launch may have: services, signals, a delegate that returns, work on its thread.</summary>
public sealed class WholeLaunch() : EndingPlugin(
    Launcher.For(
        () => { },
        options =>
        {
            options.HandleSignals = true;
            options.FlowExecutionContext = true;
            options.ConfigureLaunchHost(host => host.Services.AddHostedService<Ticker>());
        }),
    LaunchOutcomeKind.Stopped)
{
    public override async Task StopAsync()
    {
        await this.Handle!.InvokeAsync(() => Task.Yield());
        await base.StopAsync();
    }
}

/// <summary>A host that was built before the launch.</summary>
public sealed class CapturedHost : EndingPlugin
{
    public CapturedHost()
        : this(new HostBuilder().Build())
    {
    }

    private CapturedHost(IHost host)
        : base(Launcher.For(() => host.Run()), LaunchOutcomeKind.Stopped)
    {
    }
}

internal sealed class Ticker : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Yield();
        }
    }
}
