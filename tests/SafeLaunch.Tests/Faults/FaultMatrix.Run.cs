using Microsoft.Extensions.DependencyInjection;
using static SafeLaunch.Tests.Faults.FaultExpectation;
using static SafeLaunch.Tests.Faults.FaultFinding;

namespace SafeLaunch.Tests.Faults;

/// <content>While the launch runs.</content>
internal static partial class FaultMatrix
{
    private const string Interrupted = "its thread was interrupted";
    private const string ThreadAbandoned = "not even interrupted; its thread";
    private const string TaskAbandoned = "The task of its delegate did not end";

    private static IEnumerable<FaultCase> Run() =>
    [
        .. On(
            "delegate that blocks, after it was ready",
            scene => scene.Launch = context =>
            {
                context.SignalReady();
                scene.Strike();
                return null;
            },
            Crashed(Fault.Throws),
            Crashed(Fault.Cancels),
            Stopped(Fault.HangsUntilInterrupted, None, Interrupted),
            Abandoned(Fault.Hangs, None, ThreadAbandoned, Left.Code | Left.Thread)),
        .. On(
            "delegate that is asynchronous, after it was ready",
            scene => scene.Launch = context =>
            {
                context.SignalReady();
                return scene.StrikeAsync(context.Stopping);
            },
            Crashed(Fault.Throws),
            Crashed(Fault.Cancels),
            Stopped(Fault.HangsUntilCancelled, None),
            Abandoned(Fault.NeverEnds, None, TaskAbandoned, Left.Code)),
        .. On(
            "work that is posted",
            scene => scene.WhenReady = handle =>
            {
                handle.SynchronizationContext.Post(_ => scene.Strike(), null);
                return scene.Struck.Within();
            },
            Crashed(Fault.Throws),
            Crashed(Fault.Cancels),
            Stopped(Fault.HangsUntilInterrupted, None, Interrupted),
            Abandoned(Fault.Hangs, None, ThreadAbandoned, Left.Code | Left.Thread)),
        .. On(
            "`async void` method",
            scene => scene.WhenReady = handle =>
            {
                handle.SynchronizationContext.Post(async _ => await scene.StrikeAsync(handle.Stopping), null);
                return scene.Struck.Within();
            },
            Crashed(Fault.Throws),
            Crashed(Fault.Cancels),
            Stopped(Fault.HangsUntilCancelled, None),
            Stopped(Fault.NeverEnds, None, left: Left.Code)),
        .. On(
            "call of `InvokeAsync`, which holds it",
            scene => scene.WhenReady = handle => handle.InvokeAsync(scene.Strike).ContinueWith(_ => { }, TaskScheduler.Default),
            Stopped(Fault.Throws, None),
            Stopped(Fault.Cancels, None)),
        .. On(
            "background service of the launch host",
            scene =>
            {
                scene.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new FaultyBackgroundService(scene)));
                scene.WhenReady = _ => scene.Struck.Within();
            },
            Crashed(Fault.Throws),
            Crashed(Fault.Cancels),
            Stopped(Fault.HangsUntilCancelled, None)),
        .. On(
            "background service of an app host",
            scene =>
            {
                scene.Launch = Running(scene, new FaultyBackgroundService(scene));
                scene.WhenReady = _ => scene.Struck.Within();
            },
            Crashed(Fault.Throws),
            Crashed(Fault.Cancels),
            Stopped(Fault.HangsUntilCancelled, None)),
        .. On(
            "a logger, from then on",
            scene =>
            {
                var isReady = false;
                scene.Configure(options => options.LoggerFactory = new FaultyLogger(() =>
                {
                    if (Volatile.Read(ref isReady))
                    {
                        scene.Strike();
                    }
                }));
                scene.WhenReady = _ =>
                {
                    Volatile.Write(ref isReady, true);
                    return Task.CompletedTask;
                };
            },
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None)),
    ];
}
