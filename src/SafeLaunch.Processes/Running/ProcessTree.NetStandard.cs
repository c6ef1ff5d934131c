#if !NET
using System.ComponentModel;
using System.Diagnostics;

namespace SafeLaunch.Running;

/// <summary>A process and all processes that it has started. .NET Standard kills only the first; Windows has a command for the tree, Unix the group.</summary>
internal static class ProcessTree
{
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(1);

    public static void Kill(Process root)
    {
        try
        {
            if (!Native.IsUnix)
            {
                using var command = Process.Start(new ProcessStartInfo("taskkill", $"/T /F /PID {root.Id}") { UseShellExecute = false, CreateNoWindow = true });
                command?.WaitForExit((int)CommandTime.TotalMilliseconds);
            }

            root.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile.
        }
    }
}
#endif
