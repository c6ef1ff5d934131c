using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch;

/// <summary>What a fixture changes in the app that it tests.</summary>
public static class TestLaunchOptions
{
    /// <summary>
    /// Changes the services of each launched host, after the app has added its own: what is added here is what is injected.
    /// </summary>
    /// <param name="options">The options to add it to.</param>
    /// <param name="configure">Changes the services. Called on the thread that builds the host.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="configure"/> is null.</exception>
    public static LaunchOptions ConfigureServices(this LaunchOptions options, Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        options.ConfigureLaunchedHost += host => host.ConfigureServices((_, services) => configure(services));
        return options;
    }
}
