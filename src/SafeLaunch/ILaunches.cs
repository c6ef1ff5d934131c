namespace SafeLaunch;

/// <summary>The launches of a host, which <c>AddLaunch</c> of SafeLaunch.Hosting has added to its services. Safe from any thread.</summary>
public interface ILaunches
{
    /// <summary>Gets the handles of all launches, in the order in which they were added.</summary>
    IReadOnlyList<LaunchHandle> All { get; }

    /// <summary>Gets the handle of a launch. It is the same for the whole life of the host, however often the launch is started.</summary>
    /// <param name="name">The name of the launch.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="ArgumentException">The host has no launch of that name; the message says which it has.</exception>
    LaunchHandle this[string name] { get; }

    /// <summary>Starts a launch, and before it each launch that it comes after. Does nothing if it runs already.</summary>
    /// <param name="name">The name of the launch.</param>
    /// <param name="cancellationToken">Gives up the start; the launch is then stopped.</param>
    /// <returns>A task that ends once the launch is ready, and fails with the exception of the launched code.</returns>
    /// <exception cref="ArgumentException">The host has no launch of that name.</exception>
    /// <exception cref="InvalidOperationException">The host is stopping.</exception>
    Task StartAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Stops a launch, and only that one. It may be started again.</summary>
    /// <param name="name">The name of the launch.</param>
    /// <param name="cancellationToken">Ends the grace of the stop, as that of <see cref="LaunchHandle.StopAsync"/>.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentException">The host has no launch of that name.</exception>
    /// <exception cref="LaunchException">The caller runs inside of that launch, and would wait for itself.</exception>
    Task<LaunchOutcome> StopAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Stops a launch and starts it again, on the same port where it can be had.</summary>
    /// <param name="name">The name of the launch.</param>
    /// <param name="cancellationToken">Ends the grace of the stop, and gives up the start.</param>
    /// <returns>A task that ends once the launch is ready, and fails with the exception of the launched code.</returns>
    /// <exception cref="ArgumentException">The host has no launch of that name.</exception>
    /// <exception cref="InvalidOperationException">The host is stopping.</exception>
    /// <exception cref="LaunchException">The caller runs inside of that launch, and would wait for itself.</exception>
    Task RestartAsync(string name, CancellationToken cancellationToken = default);
}
