using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeLaunch;
using SafeLaunch.InHost;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Launches that start and stop with a generic host.</summary>
/// <example>
/// <code>
/// builder.Services.AddLaunch("shop", () => Shop.Run()).Configure(options => options.UseLoopback()).Supervised();
/// </code>
/// </example>
public static class LaunchServiceCollectionExtensions
{
    private const string FoundByReflection = "The entry point of a program is found by reflection. Pass a delegate that calls it in a trimmed program.";

    /// <summary>
    /// Adds a launch to a host, which starts and stops it. Its <see cref="LaunchHandle"/> is a keyed service: <c>[FromKeyedServices("shop")] LaunchHandle shop</c>;
    /// all launches are in <see cref="ILaunches"/>. It logs through the host. A start that fails fails the start of the host, with the exception
    /// of the launched code.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the launch, which no other launch of the host has.</param>
    /// <param name="launch">Blocks until the server ends, or starts it and returns at once. Called on the launch thread.</param>
    /// <returns>A builder that says how the launch lives in the host.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or the name of another launch.</exception>
    public static LaunchBuilder AddLaunch(this IServiceCollection services, string name, Action launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return services.AddMade(name, options => Launcher.For(launch, options));
    }

    /// <inheritdoc cref="AddLaunch(IServiceCollection, string, Action)"/>
    public static LaunchBuilder AddLaunch(this IServiceCollection services, string name, Action<LaunchContext> launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return services.AddMade(name, options => Launcher.For(launch, options));
    }

    /// <inheritdoc cref="AddLaunch(IServiceCollection, string, Action)"/>
    public static LaunchBuilder AddLaunch(this IServiceCollection services, string name, Func<Task> launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return services.AddMade(name, options => Launcher.For(launch, options));
    }

    /// <inheritdoc cref="AddLaunch(IServiceCollection, string, Action)"/>
    public static LaunchBuilder AddLaunch(this IServiceCollection services, string name, Func<LaunchContext, Task> launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return services.AddMade(name, options => Launcher.For(launch, options));
    }

    /// <typeparam name="T">What the delegate returns: a server, which is disposed of at stop, or an exit code.</typeparam>
    /// <inheritdoc cref="AddLaunch(IServiceCollection, string, Action)"/>
    public static LaunchBuilder AddLaunch<T>(this IServiceCollection services, string name, Func<T> launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return services.AddMade(name, options => Launcher.For(launch, options));
    }

    /// <typeparam name="T">What the delegate returns: a server, which is disposed of at stop, or an exit code.</typeparam>
    /// <inheritdoc cref="AddLaunch(IServiceCollection, string, Action)"/>
    public static LaunchBuilder AddLaunch<T>(this IServiceCollection services, string name, Func<LaunchContext, T> launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return services.AddMade(name, options => Launcher.For(launch, options));
    }

    /// <typeparam name="T">What the task returns: a server, which is disposed of at stop, or an exit code.</typeparam>
    /// <inheritdoc cref="AddLaunch(IServiceCollection, string, Action)"/>
    public static LaunchBuilder AddLaunch<T>(this IServiceCollection services, string name, Func<Task<T>> launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return services.AddMade(name, options => Launcher.For(launch, options));
    }

    /// <typeparam name="T">What the task returns: a server, which is disposed of at stop, or an exit code.</typeparam>
    /// <inheritdoc cref="AddLaunch(IServiceCollection, string, Action)"/>
    public static LaunchBuilder AddLaunch<T>(this IServiceCollection services, string name, Func<LaunchContext, Task<T>> launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        return services.AddMade(name, options => Launcher.For(launch, options));
    }

    /// <summary>
    /// Adds a launch whose launcher is made from the services of the host. The launcher brings its options, its name and its logging; as a service, the
    /// launch has the name given here.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the launch, which no other launch of the host has.</param>
    /// <param name="launcher">Makes the launcher. Called before each start.</param>
    /// <returns>A builder that says how the launch lives in the host.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or the name of another launch.</exception>
    [OverloadResolutionPriority(1)]
    public static LaunchBuilder AddLaunch(this IServiceCollection services, string name, Func<IServiceProvider, Launcher> launcher)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        return services.AddRegistered(name, () => new(name, (provider, _) => launcher(provider)) { HasOptions = false });
    }

    /// <summary>Adds a whole program to a host, as <see cref="Launcher.ForProgram{TProgram}"/> launches it.</summary>
    /// <typeparam name="TProgram">Any type of the program.</typeparam>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the launch, which no other launch of the host has.</param>
    /// <param name="configure">Sets the options of the program, before those of the builder; null for the defaults. Called before each start.</param>
    /// <returns>A builder that says how the launch lives in the host.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or the name of another launch.</exception>
    [RequiresUnreferencedCode(FoundByReflection)]
    public static LaunchBuilder AddLaunchForProgram<TProgram>(this IServiceCollection services, string name, Action<ProgramOptions>? configure = null) =>
        services.AddLaunchForProgram(name, typeof(TProgram).Assembly, configure);

    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the launch, which no other launch of the host has.</param>
    /// <param name="program">The assembly of the program.</param>
    /// <param name="configure">Sets the options of the program, before those of the builder; null for the defaults. Called before each start.</param>
    /// <inheritdoc cref="AddLaunchForProgram{TProgram}(IServiceCollection, string, Action{ProgramOptions}?)" path="/*[not(self::param)]"/>
    [RequiresUnreferencedCode(FoundByReflection)]
    public static LaunchBuilder AddLaunchForProgram(this IServiceCollection services, string name, Assembly program, Action<ProgramOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        return services.AddMade(name, set => Launcher.ForProgram(program, options => Set(options, configure, set)), isProgram: true);
    }

    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the launch, which no other launch of the host has.</param>
    /// <param name="program">The name of its assembly.</param>
    /// <param name="configure">Sets the options of the program, before those of the builder; null for the defaults. Called before each start.</param>
    /// <inheritdoc cref="AddLaunchForProgram{TProgram}(IServiceCollection, string, Action{ProgramOptions}?)" path="/*[not(self::param)]"/>
    [RequiresUnreferencedCode(FoundByReflection)]
    public static LaunchBuilder AddLaunchForProgram(this IServiceCollection services, string name, string program, Action<ProgramOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        return services.AddMade(name, set => Launcher.ForProgram(program, options => Set(options, configure, set)), isProgram: true);
    }

    private static void Set(ProgramOptions options, Action<ProgramOptions>? configure, Action<LaunchOptions> set)
    {
        configure?.Invoke(options);
        set(options);
    }

    private static LaunchBuilder AddMade(this IServiceCollection services, string name, Func<Action<LaunchOptions>, Launcher> launcher, bool isProgram = false) =>
        services.AddRegistered(name, () => new(name, (_, set) => launcher(set)) { IsProgram = isProgram });

    private static LaunchBuilder AddRegistered(this IServiceCollection services, string name, Func<LaunchRegistration> register)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (services.Any(service => !service.IsKeyedService && service.ImplementationInstance is LaunchRegistration other && other.Name.Equals(name, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"The host has a launch '{name}' already. Give this one another name.", nameof(name));
        }

        var registration = register();
        services.AddSingleton(registration);
        services.AddKeyedSingleton(name, (provider, _) => provider.GetRequiredService<ILaunches>()[name]);
        services.TryAddSingleton(provider => new HostedLaunches(provider.GetServices<LaunchRegistration>(), provider, provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<ILaunches>(provider => provider.GetRequiredService<HostedLaunches>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LaunchesService>(provider => new(provider.GetRequiredService<HostedLaunches>())));
        return new(services, registration);
    }
}
