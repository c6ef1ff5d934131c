using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting;

/// <summary>Applies the options of a launch on top of the app hosts that it builds.</summary>
/// <param name="options">The options.</param>
/// <param name="keepsConsole">Whether the hosts keep the lifetime that handles the signals of the console.</param>
/// <param name="createTracker">Makes the service by which the launch tracks a host.</param>
/// <param name="logTail">Gets the log lines of the hosts besides; null for nothing.</param>
internal sealed class HostOverlay(LaunchOptions options, bool keepsConsole, Func<AppHost> createTracker, LogTail? logTail)
{
    /// <summary>Whether the options change an app host, which is possible only before it is built.</summary>
    public bool HasEffect => options.Configuration.Count > 0 || options.AppHostConfiguration is not null;

    public void Apply(IHostBuilder builder)
    {
        if (options.Configuration.Count > 0)
        {
            builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(options.Configuration));
        }

        options.AppHostConfiguration?.Invoke(options, builder);
        builder.ConfigureServices((_, services) => this.Apply(services));
    }

    private void Apply(IServiceCollection services)
    {
        var tracker = createTracker();

        // By factories, so that the container disposes of it.
        services.AddSingleton(_ => tracker);
        InsertBeforeLast(services, ServiceDescriptor.Singleton<IHostedService>(_ => tracker));
        if (!keepsConsole && RemoveConsoleLifetime(services))
        {
            services.AddSingleton<IHostLifetime>(new SilentLifetime(tracker.OnStarting));
        }

        if (logTail is not null)
        {
            services.AddSingleton<ILoggerProvider>(logTail);
        }

        var longest = HostShutdown.LongestWithin(options.StopTimeout);
        services.PostConfigure<HostOptions>(host =>
        {
            if (host.ShutdownTimeout > longest || host.ShutdownTimeout < TimeSpan.Zero)
            {
                host.ShutdownTimeout = longest;
            }
        });
    }

    /// <summary>
    /// Code that asks the container for one hosted service gets the last, which stays the app's. A stop begins with the last
    /// ones, and so is observed soon.
    /// </summary>
    private static void InsertBeforeLast(IServiceCollection services, ServiceDescriptor tracker)
    {
        var last = services.Count - 1;
        while (last >= 0 && (services[last].ServiceType != typeof(IHostedService) || services[last].IsKeyedService))
        {
            last--;
        }

        // A host without hosted services has none with SafeLaunch either: its stop takes no time that a launch would have to observe.
        if (last >= 0)
        {
            services.Insert(last, tracker);
        }
    }

    /// <summary>Only the console's: a lifetime that the app has chosen stays.</summary>
    /// <returns>Whether none is left.</returns>
    private static bool RemoveConsoleLifetime(IServiceCollection services)
    {
        var lifetimes = services.Where(service => service.ServiceType == typeof(IHostLifetime) && !service.IsKeyedService).ToArray();
#pragma warning disable CA1416 // Where there is no console, no host is registered with it.
        var ofConsole = Array.FindAll(lifetimes, lifetime => lifetime.ImplementationType == typeof(ConsoleLifetime));
#pragma warning restore CA1416
        foreach (var lifetime in ofConsole)
        {
            services.Remove(lifetime);
        }

        return ofConsole.Length == lifetimes.Length;
    }
}
