using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SafeLaunch;
using SafeLaunch.Page;

namespace Microsoft.AspNetCore.Builder;

/// <summary>A page on which people see the launches of a program, live, and stop and start them.</summary>
/// <example>
/// <code>
/// app.MapLaunches("/launches");
/// </code>
/// </example>
public static class LaunchesEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a page of all launches of the host: state, addresses, uptime, runs, queue, memory, the latest log lines, and buttons that stop, start and restart
    /// each of them. Only callers on this machine may use it, until <see cref="AuthorizationEndpointConventionBuilderExtensions.RequireAuthorization{TBuilder}(TBuilder, string[])"/>
    /// says who may; <c>docs/security.md</c> has the rules.
    /// </summary>
    /// <param name="endpoints">The app. Its services have the <see cref="ILaunches"/> that <c>AddLaunch</c> of SafeLaunch.Hosting adds.</param>
    /// <param name="pattern">The path of the page.</param>
    /// <returns>The conventions of all endpoints of the page.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The services of the app have no <see cref="ILaunches"/>.</exception>
    public static IEndpointConventionBuilder MapLaunches(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/launches")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapLaunches(pattern, endpoints.ServiceProvider.GetService<ILaunches>()
            ?? throw new InvalidOperationException("MapLaunches finds no launches in the services of this app. Add them with AddLaunch of SafeLaunch.Hosting; for launches of another host, pass its ILaunches; for launches that Launcher.Start has started, pass their handles."));
    }

    /// <summary>Maps the page of the launches of another host, such as the worker in which the app with the page is itself a launch.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path of the page.</param>
    /// <param name="launches">The launches.</param>
    /// <returns>The conventions of all endpoints of the page.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEndpointConventionBuilder MapLaunches(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, ILaunches launches)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(launches);
        return new LaunchesPage(launches, endpoints.ServiceProvider).Map(endpoints, pattern);
    }

    /// <summary>
    /// Maps the page of launches that <see cref="Launcher.Start"/> has started, in a program without <c>AddLaunch</c>. The page can stop them. It cannot
    /// start them again, and has no log lines of them, since the program keeps their launchers and their loggers.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path of the page.</param>
    /// <param name="launches">The handles of the launches, each with another name.</param>
    /// <returns>The conventions of all endpoints of the page.</returns>
    /// <exception cref="ArgumentNullException">An argument is null, or holds a null.</exception>
    /// <exception cref="ArgumentException">Two launches have the same name.</exception>
    public static IEndpointConventionBuilder MapLaunches(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, params LaunchHandle[] launches)
    {
        ArgumentNullException.ThrowIfNull(launches);
        return endpoints.MapLaunches(pattern, new StartedLaunches(launches));
    }
}
