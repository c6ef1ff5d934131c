using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeLaunch.Health;
using SafeLaunch.InHost;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of the launches of a host.</summary>
public static class LaunchHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a health check for each launch of the host, named <c>launch:NAME</c>, and one for all of them, named <c>launches</c>. A launch is healthy while it
    /// is ready, degraded while it starts, is started again, or leaves posted work unserved, and otherwise unhealthy, with the reason. A launch on demand that was not asked
    /// for is healthy. The data has <c>state</c>, <c>addresses</c>, <c>since</c>, <c>runs</c> and <c>reason</c>;
    /// while work is unserved, also <c>unservedWork</c> and <c>unservedFor</c>.
    /// </summary>
    /// <param name="builder">The builder of the health checks.</param>
    /// <param name="tags">The tags of the checks; null for <c>launch</c> and <c>ready</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHealthChecksBuilder AddLaunches(this IHealthChecksBuilder builder, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string[] all = [.. tags ?? ["launch", "ready"]];
        builder.Services.AddOptions<HealthCheckServiceOptions>().Configure<IServiceProvider>((options, services) =>
        {
            if (services.GetService<HostedLaunches>() is not { } launches)
            {
                return;
            }

            options.Registrations.Add(new("launches", new LaunchesHealthCheck(launches), failureStatus: null, all));
            foreach (var launch in launches.Launches)
            {
                options.Registrations.Add(new($"launch:{launch.Name}", new LaunchHealthCheck(launch), failureStatus: null, all));
            }
        });
        return builder;
    }
}
