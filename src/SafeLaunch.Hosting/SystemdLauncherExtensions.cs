using SafeLaunch.Systemd;

namespace SafeLaunch;

/// <summary>Launches as a service of systemd.</summary>
/// <example>
/// <code>
/// Launcher.For(() => app.Run()).NotifySystemd().Run();
/// </code>
/// </example>
public static class SystemdLauncherExtensions
{
    /// <summary>
    /// Makes the launcher of launches that tell systemd <c>READY=1</c> when they are ready and <c>STOPPING=1</c> when they begin to end, for a service of
    /// <c>Type=notify</c>. With <c>WatchdogSec</c>, systemd gets <c>WATCHDOG=1</c> twice in that time, unless posted work waits for longer than
    /// <see cref="LaunchOptions.UnservedWorkTimeout"/>. For the one launch that is the service. Does nothing where the process is no service of systemd.
    /// A message that cannot be sent is logged.
    /// </summary>
    /// <param name="launcher">The launcher; supervised, if it is to be ready over all runs.</param>
    /// <returns>The launcher.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="launcher"/> is null.</exception>
    public static Launcher NotifySystemd(this Launcher launcher)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        return new(new SystemdSource(launcher.Source));
    }
}
