using Microsoft.Extensions.Logging;

namespace SafeLaunch;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Launch '{Launch}' is starting.")]
    public static partial void Starting(this ILogger logger, string launch);

    [LoggerMessage(2, LogLevel.Information, "Launch '{Launch}' is ready after {Milliseconds} ms on thread {ThreadId}.")]
    public static partial void Ready(this ILogger logger, string launch, long milliseconds, int threadId);

    [LoggerMessage(3, LogLevel.Debug, "Launch '{Launch}' is ending: {Reason}")]
    public static partial void Ending(this ILogger logger, string launch, string reason);

    [LoggerMessage(EventId = 4, Message = "Launch '{Launch}' has ended. {Outcome}")]
    public static partial void Ended(this ILogger logger, LogLevel level, Exception? exception, string launch, LaunchOutcome outcome);

    [LoggerMessage(5, LogLevel.Error, "Launch '{Launch}': work posted to its synchronization context threw.")]
    public static partial void CallbackThrew(this ILogger logger, Exception exception, string launch);

    [LoggerMessage(6, LogLevel.Warning, "Launch '{Launch}' did not end within {Waited}; its thread {ThreadId} is interrupted.")]
    public static partial void Interrupting(this ILogger logger, string launch, TimeSpan waited, int threadId);

    [LoggerMessage(7, LogLevel.Error, "Launch '{Launch}' is abandoned. {Reason}")]
    public static partial void Abandoned(this ILogger logger, string launch, string reason);

    [LoggerMessage(8, LogLevel.Warning, "Launch '{Launch}': work was posted to its synchronization context after its end and runs on the thread pool. It is logged this once.")]
    public static partial void PostedLate(this ILogger logger, string launch);

    [LoggerMessage(9, LogLevel.Warning, "Launch '{Launch}': a blocking wait only waits and serves nothing, since {Depth} waits pump below it and the stack must not overflow. It is logged this once.")]
    public static partial void PumpedTooDeep(this ILogger logger, string launch, int depth);

    [LoggerMessage(10, LogLevel.Warning, "Launch '{Launch}': {Obstacle}. Posted work does not run while such a wait blocks the launch thread; let launched code await in place of blocking.")]
    public static partial void WaitsDoNotPump(this ILogger logger, string launch, string obstacle);

    [LoggerMessage(11, LogLevel.Warning, "Launch '{Launch}': an error came while it was ending.")]
    public static partial void ErrorWhileEnding(this ILogger logger, Exception exception, string launch);

    [LoggerMessage(12, LogLevel.Error, "Launch '{Launch}', which is ready, has started one more host. {Reason}")]
    public static partial void LaterHostFailed(this ILogger logger, Exception exception, string launch, string reason);

    [LoggerMessage(14, LogLevel.Warning, "Launch '{Launch}': a listener of its metrics or traces threw. The launch goes on. It is logged this once.")]
    public static partial void TelemetryFailed(this ILogger logger, Exception exception, string launch);

    [LoggerMessage(20, LogLevel.Warning, "Launch '{Launch}': work that was posted to its synchronization context has waited for {Waited}, since the launch thread ({ThreadId}) {Activity}. {Remedy} It is logged this once.")]
    public static partial void WorkUnserved(this ILogger logger, string launch, TimeSpan waited, int threadId, string activity, string remedy);

    [LoggerMessage(30, LogLevel.Warning, "Launch '{Launch}': a host of the program '{Program}' is named '{ApplicationName}' and lives in '{ContentRoot}', not '{PassedName}' in '{PassedRoot}' as its arguments say. It may lack its settings, controllers, pages and static files. Hand the arguments of Main on to its builder; or set ProgramOptions.SetEntryAssembly for its name; or, if it is meant so, turn ProgramOptions.PassHostArguments off. It is logged this once.")]
    public static partial void HostIsElsewhere(this ILogger logger, string launch, string program, string applicationName, string contentRoot, string? passedName, string? passedRoot);

    [LoggerMessage(31, LogLevel.Debug, "Launch '{Launch}': the program '{Program}' has been unloaded.")]
    public static partial void Unloaded(this ILogger logger, string launch, string program);

    [LoggerMessage(32, LogLevel.Warning, "Launch '{Launch}' has ended, and the program '{Program}' is still in memory after {Collections} full garbage collections: other code refers to an object or a type of it, such as a cache of ASP.NET Core, a timer, an event handler or a thread. docs/plugins.md says what holds which programs. Where it is launched again and again, launch it in a separate process with InChildProcess.")]
    public static partial void StillLoaded(this ILogger logger, string launch, string program, int collections);

    [LoggerMessage(13, LogLevel.Warning, "Launch '{Launch}': ConfigureLaunchHost has set another container by ConfigureContainer. The hosted services of the launch host start where that host starts them, and may not run on the launch thread; use handle.InvokeAsync or the launch's synchronization context where that matters.")]
    public static partial void ContainerReplaced(this ILogger logger, string launch);
}
