namespace SafeLaunch.Running;

/// <summary>An exit code in words.</summary>
internal static class ExitWords
{
    private const int FirstSignal = 128;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [15] = "SIGTERM",
    };

    /// <summary>As in "it ended with exit code 3".</summary>
    public static string Of(int exitCode) =>
        Native.IsUnix && Signals.TryGetValue(exitCode - FirstSignal, out var signal) ? $"with exit code {exitCode}, which is that of {signal}"
        : exitCode < 0 && !Native.IsUnix ? $"with exit code 0x{exitCode:X8}"
        : $"with exit code {exitCode}";
}
