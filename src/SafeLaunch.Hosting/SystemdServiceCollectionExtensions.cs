using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SafeLaunch;
using SafeLaunch.Systemd;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A host with launches as a service of systemd.</summary>
public static class SystemdServiceCollectionExtensions
{
    /// <summary>
    /// Tells systemd <c>READY=1</c> when the host has started, and so when its launches are ready, and <c>STOPPING=1</c> when it begins to stop, for a service of
    /// <c>Type=notify</c>. With <c>WatchdogSec</c>, systemd gets <c>WATCHDOG=1</c> twice in that time, unless posted work of a launch waits for longer than
    /// <see cref="LaunchOptions.UnservedWorkTimeout"/>. Does nothing where the process is no service of systemd. A message that cannot be sent is logged.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddSystemdNotifications(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SystemdService>());
        return services;
    }
}
