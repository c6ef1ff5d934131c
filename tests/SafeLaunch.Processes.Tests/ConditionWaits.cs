using System.Diagnostics;

namespace SafeLaunch.Processes.Tests;

/// <summary>Waits until something is so that no event tells of.</summary>
internal static class ConditionWaits
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <param name="isSo">The condition.</param>
    /// <param name="state">The state that a failed test shows.</param>
    public static async Task BecomesAsync(Func<bool> isSo, Func<string> state)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.That(patience.Elapsed, Is.LessThan(Gate.Patience), state);
            await Task.Delay(Pause);
        }
    }

    public static Task BecomesAsync(this LaunchHandle handle, Func<bool> isSo) => BecomesAsync(isSo, () => handle.ToString()!);

    /// <summary>Waits until the report of a launch has a text.</summary>
    public static Task ReportsAsync(this LaunchHandle handle, string text) =>
        BecomesAsync(() => handle.Report().Contains(text, StringComparison.Ordinal), handle.Report);
}
