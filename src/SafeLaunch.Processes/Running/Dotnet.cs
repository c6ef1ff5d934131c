using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SafeLaunch.Running;

/// <summary>Finds the host that runs the programs of .NET which are files with the extension .dll.</summary>
internal static class Dotnet
{
    private static readonly string FileName = Native.IsUnix ? "dotnet" : "dotnet.exe";

    /// <summary>The file that this process was started from.</summary>
    public static string ProcessPath { get; } = FindProcessPath();

    /// <summary>Whether this process is that host.</summary>
    public static bool IsHost(string path) => string.Equals(Path.GetFileName(path), FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Its path: of this process, by the variables that .NET knows, beside this runtime; and otherwise by its name alone.</summary>
    public static string Find() => Candidates().FirstOrDefault(File.Exists) ?? FileName;

    private static IEnumerable<string> Candidates()
    {
        if (IsHost(ProcessPath))
        {
            yield return ProcessPath;
        }

        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host)
        {
            yield return host;
        }

        // A runtime lies in shared/Microsoft.NETCore.App/10.0.0 beside its host.
        yield return Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", FileName));
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            yield return Path.Combine(root, FileName);
        }
    }

    private static string FindProcessPath()
    {
        using var process = Process.GetCurrentProcess();
        return process.MainModule?.FileName ?? "";
    }
}
