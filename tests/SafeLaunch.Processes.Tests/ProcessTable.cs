using System.Diagnostics;

namespace SafeLaunch.Processes.Tests;

/// <summary>Which processes there are.</summary>
internal static class ProcessTable
{
    /// <summary>Waits until a process is gone. A process that has ended and was not looked at by its parent counts as gone.</summary>
    public static Task IsGoneAsync(int process) =>
        ConditionWaits.BecomesAsync(() => !IsThere(process), () => $"process {process} is still there");

    public static bool IsThere(int process)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{process}/stat");
            return state[state.LastIndexOf(')') + 2] is not 'Z';
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process}"]);
        kill.WaitForExit();
        Assert.That(kill.ExitCode, Is.Zero);
    }
}
