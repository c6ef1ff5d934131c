using System.Runtime.InteropServices;

namespace SafeLaunch.Running;

/// <summary>What Unix systems offer for processes and .NET does not.</summary>
internal static class Native
{
    private const uint OwnerOnly = 0x180; // 0600

    public const int Terminate = 15;
    public const int Kill = 9;

    public static bool IsUnix { get; } = Path.DirectorySeparatorChar == '/';

    /// <summary>Leaves the console and the process group of the parent: a signal that is sent to those no longer reaches this process.</summary>
    public static void LeaveSession() => _ = setsid();

    /// <returns>Whether the process, or the group of the number below zero, was there.</returns>
    public static bool TrySignal(int process, int signal) => kill(process, signal) == 0;

    public static void LetOnlyThisUserUse(string path) => _ = chmod(path, OwnerOnly);

#pragma warning disable SYSLIB1054, CA2101, IDE1006, SA1300 // They have the names of the system, and blittable arguments but for one path.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setsid();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int chmod([MarshalAs(UnmanagedType.LPStr)] string path, uint mode);
#pragma warning restore SYSLIB1054, CA2101, IDE1006, SA1300
}
