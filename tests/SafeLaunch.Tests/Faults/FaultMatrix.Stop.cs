using Microsoft.Extensions.DependencyInjection;
using static SafeLaunch.Tests.Faults.FaultExpectation;
using static SafeLaunch.Tests.Faults.FaultFinding;

namespace SafeLaunch.Tests.Faults;

/// <content>While the launch stops, in the order of docs/stop.md.</content>
internal static partial class FaultMatrix
{
    private static IEnumerable<FaultCase> Stop() =>
    [
        .. On(
            "callback of `Stopping`",
            scene => scene.WhenReady = handle =>
            {
                handle.Stopping.Register(scene.Strike);
                return Task.CompletedTask;
            },
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.Hangs, TimeOut("a callback registered with Stopping"), left: Left.Code)),
        .. On(
            "`ApplicationStopping` of an app host, which only logs it",
            scene =>
            {
                scene.Launch = Running(scene, new FaultyService());
                scene.WhenReady = handle =>
                {
                    TestHosts.LifetimeOf(handle.Hosts[0]).ApplicationStopping.Register(scene.Strike);
                    return Task.CompletedTask;
                };
            },
            Stopped(Fault.Throws, None),
            Stopped(Fault.Cancels, None)),
        .. On(
            "`StopWith`",
            scene => scene.Configure(options => options.StopWith(scene.StrikeAsync)),
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.HangsUntilCancelled, TimeOut("StopWith")),
            Stopped(Fault.Hangs, TimeOut("StopWith"), left: Left.Code),
            Stopped(Fault.NeverEnds, TimeOut("StopWith"), left: Left.Code)),
        .. On(
            "delegate, told to stop",
            scene => scene.Launch = context =>
            {
                TestLaunch.UntilStopped(context);
                scene.Strike();
                return null;
            },
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.HangsUntilInterrupted, None, Interrupted),
            Abandoned(Fault.Hangs, None, ThreadAbandoned, Left.Code | Left.Thread)),
        .. On(
            "`StopAsync` of a service of an app host that the delegate is blocked in",
            scene =>
            {
                scene.Launch = Running(scene, new FaultyService { Stop = scene.StrikeAsync });
                scene.WhenReady = _ => scene.ParkedAsync();
            },
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.HangsUntilCancelled, None),
            Stopped(Fault.Hangs, TimeOut("the stop of an app host"), left: Left.Code),
            Stopped(Fault.NeverEnds, TimeOut("the stop of an app host"), Interrupted, Left.Code)),
        .. On(
            "`StopAsync` of a service of an app host that nobody waits for",
            scene => scene.Launch = Starting(scene, new FaultyService { Stop = scene.StrikeAsync }),
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.HangsUntilCancelled, None),
            Stopped(Fault.Hangs, TimeOut("the stop of an app host"), left: Left.Code),
            Stopped(Fault.NeverEnds, TimeOut("the stop of an app host"), left: Left.Code)),
        .. On(
            "disposal of an app host",
            scene => scene.Launch = Starting(scene, new FaultyService { Disposal = scene.Strike }),
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.Hangs, TimeOut("an app host"), left: Left.Code)),
        .. On(
            "disposal of what the delegate returned",
            scene => scene.Launch = _ => new FaultyServer(scene.Server.Begin(), scene.Strike),
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.Hangs, TimeOut("disposing of what the delegate returned"), left: Left.Code | Left.Server)),
        .. On(
            "work that is queued at the end",
            scene => scene.Launch = context =>
            {
                TestLaunch.UntilStopped(context);
                context.SynchronizationContext.Post(_ => scene.Strike(), null);
                return null;
            },
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.HangsUntilInterrupted, None, Interrupted),
            Abandoned(Fault.Hangs, None, ThreadAbandoned, Left.Code | Left.Thread)),
        .. On(
            "`StopAsync` of a service of the launch host",
            scene => scene.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new FaultyService { Stop = scene.StrikeAsync })),
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Stopped(Fault.HangsUntilCancelled, None),
            Abandoned(Fault.Hangs, TimeOut("its launch host"), ThreadAbandoned, Left.Code | Left.Thread | Left.LaunchHost),
            Abandoned(Fault.NeverEnds, TimeOut("its launch host"), "Its launch host did not end", Left.Code | Left.LaunchHost)),
        .. On(
            "disposal of a service of the launch host",
            scene => scene.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new FaultyService { Disposal = scene.Strike })),
            Stopped(Fault.Throws, It),
            Stopped(Fault.Cancels, None),
            Abandoned(Fault.Hangs, TimeOut("its launch host"), ThreadAbandoned, Left.Code | Left.Thread)),
    ];
}
