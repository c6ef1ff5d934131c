using Microsoft.Extensions.Logging;
using SafeLaunch.Wire;

namespace SafeLaunch;

internal static partial class ProcessLog
{
    /// <summary>An entry of the log of another process.</summary>
    public static void Repeat(this ILogger logger, LogEntry entry)
    {
        var level = (LogLevel)entry.Level;
        if (logger.IsEnabled(level))
        {
            logger.Log(level, new(entry.EventId, entry.EventName), entry.Text, entry.Error?.ToException(), static (text, _) => text);
        }
    }

    /// <summary>A line of another process. It is logged as it is.</summary>
    public static void Printed(this ILogger logger, string line, string launch, string stream)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            logger.Log(LogLevel.Information, new(50, nameof(Printed)), new[] { Pair("Launch", launch), Pair("Stream", stream) }, exception: null, (_, _) => line);
        }
    }

    [LoggerMessage(51, LogLevel.Warning, "Launch '{Launch}': {Count} lines of its process were left out, since the loggers of this process take longer than they came.")]
    public static partial void LinesLeftOut(this ILogger logger, string launch, int count);

    [LoggerMessage(52, LogLevel.Debug, "Launch '{Launch}' has started process {ProcessId}: {Program}")]
    public static partial void Started(this ILogger logger, string launch, int processId, string program);

    [LoggerMessage(53, LogLevel.Warning, "Launch '{Launch}': its process {ProcessId} is killed. {Reason}")]
    public static partial void Kills(this ILogger logger, string launch, int processId, string reason);

    private static KeyValuePair<string, object?> Pair(string key, string value) => new(key, value);
}
