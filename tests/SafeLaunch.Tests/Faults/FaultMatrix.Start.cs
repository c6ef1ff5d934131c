using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static SafeLaunch.Tests.Faults.FaultExpectation;
using static SafeLaunch.Tests.Faults.FaultFinding;

namespace SafeLaunch.Tests.Faults;

/// <content>Before the launch is ready.</content>
internal static partial class FaultMatrix
{
    private const string LaunchHostNotStarted = "Its launch host had not started";
    private const string DelegateRuns = "Its delegate is still running";
    private const string HostNotStarted = "the start of a host that it built has not ended";
    private const string ReadyWhenWaits = "ReadyWhen was still waiting";

    private static IEnumerable<FaultCase> Start() =>
    [
        .. On(
            "`LoggerFactory` makes a logger",
            scene => scene.Configure(options => options.LoggerFactory = new FaultyLoggers(scene.Strike)),
            StartThrows(Fault.Throws, It),
            StartThrows(Fault.Cancels, It)),
        .. On(
            "a logger, from the start on",
            scene => scene.Configure(options => options.LoggerFactory = new FaultyLogger(scene.Strike)),
            StartThrows(Fault.Throws, It),
            StartThrows(Fault.Cancels, It)),
        .. On(
            "`ConfigureLaunchHost`",
            scene => scene.ConfigureLaunchHost(_ => scene.Strike()),
            CallFailsStart(TimeOut(LaunchHostNotStarted))),
        .. On(
            "constructor of a service of the launch host",
            scene => scene.ConfigureLaunchHost(host => host.Services.AddHostedService<FaultyService>(_ =>
            {
                scene.Strike();
                return new();
            })),
            CallFailsStart(TimeOut(LaunchHostNotStarted))),
        .. On(
            "`StartAsync` of a service of the launch host",
            scene => scene.ConfigureLaunchHost(host => host.Services.AddHostedService(_ => new FaultyService { Start = scene.StrikeAsync })),
            StartThrows(Fault.Throws, It),
            StartThrows(Fault.Cancels, It),
            StartThrows(Fault.HangsUntilCancelled, TimeOut(LaunchHostNotStarted)),
            StartThrows(Fault.HangsUntilInterrupted, TimeOut(LaunchHostNotStarted)),
            StartThrows(Fault.Hangs, TimeOut(LaunchHostNotStarted), Left.Code | Left.Thread),
            StartThrows(Fault.NeverEnds, TimeOut(LaunchHostNotStarted), Left.Code),
            StartThrows(Fault.StartIsCancelled, Cancellation)),
        .. On(
            "delegate that blocks",
            scene => scene.Launch = _ =>
            {
                scene.Strike();
                return null;
            },
            CallFailsStart(TimeOut(DelegateRuns))),
        .. On(
            "delegate that is asynchronous",
            scene => scene.Launch = context => scene.StrikeAsync(context.Stopping),
            StartThrows(Fault.Throws, It),
            StartThrows(Fault.Cancels, It),
            StartThrows(Fault.HangsUntilCancelled, TimeOut(DelegateRuns)),
            StartThrows(Fault.NeverEnds, TimeOut(DelegateRuns), Left.Code),
            StartThrows(Fault.StartIsCancelled, Cancellation)),
        .. On(
            "`ConfigureAppHost`",
            scene =>
            {
                scene.Configure(options => options.ConfigureAppHost(_ => scene.Strike()));
                scene.Launch = context => scene.BuildHost(() => new FaultyService()).RunAsync(context.Stopping);
            },
            CallFailsStart(TimeOut("no host was detected"))),
        .. On(
            "`StartAsync` of a service of an app host",
            scene => scene.Launch = Running(scene, new FaultyService { Start = scene.StrikeAsync }),
            StartThrows(Fault.Throws, It).NotOnMono(Mono.TellsOfHandlesOnly),
            StartThrows(Fault.Cancels, It).NotOnMono(Mono.TellsOfHandlesOnly),
            StartThrows(Fault.HangsUntilCancelled, TimeOut(HostNotStarted)),
            StartThrows(Fault.HangsUntilInterrupted, TimeOut(HostNotStarted)),
            StartThrows(Fault.Hangs, TimeOut(HostNotStarted), Left.Code | Left.Thread),
            StartThrows(Fault.NeverEnds, TimeOut(HostNotStarted), Left.Code),
            StartThrows(Fault.StartIsCancelled, Cancellation)),
        .. On(
            "`OnAppHostStarted`",
            scene =>
            {
                scene.Configure(options => options.OnAppHostStarted((_, _) => scene.Strike()));
                scene.Launch = Running(scene, new FaultyService());
            },
            StartThrows(Fault.Throws, It),
            StartThrows(Fault.Cancels, It),
            StartThrows(Fault.Hangs, TimeOut(DelegateRuns), Left.Code | Left.Thread)),
        .. On(
            "`ReadyWhen`",
            scene =>
            {
                scene.Configure(options => options.ReadyWhen((_, cancellationToken) => scene.StrikeAsync(cancellationToken)));
                scene.Launch = context => context.Stopping.WaitHandle.WaitOne();
            },
            StartThrows(Fault.Throws, It),
            StartThrows(Fault.Cancels, It),
            StartThrows(Fault.HangsUntilCancelled, TimeOut(ReadyWhenWaits)),
            StartThrows(Fault.Hangs, TimeOut(ReadyWhenWaits), Left.Code),
            StartThrows(Fault.NeverEnds, TimeOut(ReadyWhenWaits), Left.Code),
            StartThrows(Fault.StartIsCancelled, Cancellation)),
    ];

    /// <summary>What comes of a call on the launch thread.</summary>
    private static FaultExpectation[] CallFailsStart(FaultFinding timeOut) =>
    [
        StartThrows(Fault.Throws, It),
        StartThrows(Fault.Cancels, It),
        StartThrows(Fault.HangsUntilInterrupted, timeOut),
        StartThrows(Fault.Hangs, timeOut, Left.Code | Left.Thread),
        StartThrows(Fault.StartIsCancelled, Cancellation),
    ];

    /// <summary>A delegate that is blocked in the run of a host with this service.</summary>
    private static Func<LaunchContext, object?> Running(FaultScene scene, IHostedService service) => _ =>
    {
        scene.BuildHost(() => service).Run();
        return null;
    };

    /// <summary>A delegate that starts a host with this service and returns.</summary>
    private static Func<LaunchContext, object?> Starting(FaultScene scene, IHostedService service) => _ =>
    {
        scene.BuildHost(() => service).Start();
        return null;
    };
}
