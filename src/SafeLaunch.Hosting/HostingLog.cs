using Microsoft.Extensions.Logging;

namespace SafeLaunch;

internal static partial class HostingLog
{
    [LoggerMessage(40, LogLevel.Warning, "Launch '{Launch}' has crashed and is started again in {Delay}.")]
    public static partial void StartsAgain(this ILogger logger, Exception? exception, string launch, TimeSpan delay);

    [LoggerMessage(41, LogLevel.Error, "Launch '{Launch}' has given up. {Outcome}")]
    public static partial void GaveUp(this ILogger logger, string launch, LaunchOutcome outcome);

    [LoggerMessage(42, LogLevel.Critical, "Launch '{Launch}' has crashed, and the host stops for it. {Reason} WhenCrashed keeps the host, and Supervised starts the launch again.")]
    public static partial void StopsHost(this ILogger logger, Exception? exception, string launch, string reason);

    [LoggerMessage(43, LogLevel.Error, "Launch '{Launch}' has crashed, and the host goes on without it. {Reason}")]
    public static partial void KeepsHost(this ILogger logger, Exception? exception, string launch, string reason);

    [LoggerMessage(44, LogLevel.Error, "Launch '{Launch}' was left behind by its host, on its thread '{ThreadName}' ({ThreadId}). {Reason}")]
    public static partial void LeftBehind(this ILogger logger, string launch, string threadName, int threadId, string reason);

    [LoggerMessage(45, LogLevel.Warning, "systemd could not be told '{State}'. It may treat the service as not ready, or as hung. Look at NOTIFY_SOCKET, and at NotifyAccess of the unit.")]
    public static partial void SystemdNotTold(this ILogger logger, Exception exception, string state);

    [LoggerMessage(46, LogLevel.Error, "systemd's watchdog gets no WATCHDOG=1, since launch '{Launch}' leaves posted work unserved. If that goes on, systemd ends the service when its WatchdogSec is over.")]
    public static partial void WatchdogNotTold(this ILogger logger, string launch);
}
