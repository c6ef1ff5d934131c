using System.Globalization;
using Microsoft.Extensions.Logging.Testing;

namespace SafeLaunch.Processes.Tests;

/// <summary>Waits for entries of a log.</summary>
internal static class LogWaits
{
    public static async Task<FakeLogRecord> WaitForAsync(this LogRecorder log, Predicate<FakeLogRecord> isIt)
    {
        FakeLogRecord? found = null;
        await ConditionWaits.BecomesAsync(
            () => (found = log.All.FirstOrDefault(record => isIt(record))) is not null,
            () => "the log has no such entry: " + string.Join('\n', log.All));
        return found!;
    }

    /// <summary>The number that <see cref="Children.ChildCode"/> has printed as that of its process.</summary>
    public static async Task<int> WaitForProcessAsync(this LogRecorder log)
    {
        const string Word = "process ";
        var entry = await log.WaitForAsync(record => record.Message.StartsWith(Word, StringComparison.Ordinal));
        return int.Parse(entry.Message[Word.Length..], CultureInfo.InvariantCulture);
    }
}
