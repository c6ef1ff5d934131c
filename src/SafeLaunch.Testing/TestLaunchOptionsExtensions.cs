using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SafeLaunch;

/// <summary>What tests set for the apps that they launch.</summary>
public static class TestLaunchOptionsExtensions
{
    /// <summary>
    /// Makes a clock the <see cref="TimeProvider"/> of each app host, such as a <c>FakeTimeProvider</c>: of the app's services that take one, and
    /// of ASP.NET Core's authentication. Timers of the web server and of the launch go by the time of the machine.
    /// </summary>
    /// <param name="options">The options to add it to.</param>
    /// <param name="time">The clock. A test gets it back from the services of the server.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="time"/> is null.</exception>
    public static LaunchOptions UseTimeProvider(this LaunchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        return options.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(time)));
    }
}
