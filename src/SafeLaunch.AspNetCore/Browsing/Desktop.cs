using System.ComponentModel;
using System.Diagnostics;

namespace SafeLaunch.Browsing;

/// <summary>The desktop of this machine, which opens an address in the user's browser.</summary>
/// <param name="variable">Gets an environment variable.</param>
internal sealed class Desktop(Func<string, string?> variable)
{
    private const string OptOut = "SAFELAUNCH_NO_BROWSER";

    /// <summary>Of this process.</summary>
    public static readonly Desktop Current = new(Environment.GetEnvironmentVariable);

    /// <summary>Opens an address.</summary>
    /// <returns>Why it cannot be opened; null if it is on its way.</returns>
    public string? TryOpen(Uri address)
    {
        if (this.FindObstacle() is { } obstacle)
        {
            return obstacle;
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                // The shell knows the browser; no program is looked for.
                using var shell = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
                return null;
            }

            if (this.FindOpener() is not { } opener)
            {
                return "there is no xdg-open or wslview on the PATH";
            }

            // An opener is often a script, which calls other programs by their names: so they too are not looked for in the current directory.
            using var process = Process.Start(new ProcessStartInfo(opener)
            {
                ArgumentList = { address.AbsoluteUri },
                Environment = { ["PATH"] = string.Join(Path.PathSeparator, this.Folders) },
                UseShellExecute = false,
                WorkingDirectory = "/",
            });
            return null;
        }
        catch (Win32Exception e)
        {
            return $"the desktop's opener could not be started ({e.Message})";
        }
    }

    /// <summary>Those of the PATH that are the same from each current directory.</summary>
    private IEnumerable<string> Folders => (variable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified);

    private string? FindObstacle() =>
        this.IsSet(OptOut) ? $"{OptOut} is set"
        : this.IsSet("CI") || this.IsSet("TF_BUILD") ? "this runs in CI"
        : OperatingSystem.IsWindows() ? Environment.UserInteractive ? null : "no user is at this process"
        : OperatingSystem.IsMacOS() || this.IsSet("DISPLAY") || this.IsSet("WAYLAND_DISPLAY") || this.IsSet("WSL_DISTRO_NAME") ? null
        : "there is no display";

    /// <summary>By an absolute path: a program of this name in the current directory may be a stranger's, also where the PATH names that directory.</summary>
    private string? FindOpener() => OperatingSystem.IsMacOS()
        ? "/usr/bin/open"
        : this.Folders
            .SelectMany(folder => new[] { Path.Combine(folder, "xdg-open"), Path.Combine(folder, "wslview") })
            .FirstOrDefault(IsProgram);

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);

    private bool IsSet(string name) => variable(name) is { Length: > 0 } value && value is not ("0" or "false");
}
