namespace SafeLaunch.Page;

/// <summary>Launches that the program has started itself. They can be stopped, and not be started again.</summary>
internal sealed class StartedLaunches : ILaunches
{
    private readonly LaunchHandle[] handles;

    /// <exception cref="ArgumentNullException">A handle is null.</exception>
    /// <exception cref="ArgumentException">Two launches have the same name.</exception>
    public StartedLaunches(LaunchHandle[] launches)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var launch in launches)
        {
            ArgumentNullException.ThrowIfNull(launch, nameof(launches));
            if (!names.Add(launch.Name))
            {
                throw new ArgumentException($"Two launches are named '{launch.Name}', so that the page could not say which one to stop. Give each another Name in its options.", nameof(launches));
            }
        }

        this.handles = [.. launches];
    }

    public IReadOnlyList<LaunchHandle> All => this.handles;

    public LaunchHandle this[string name] => Array.Find(this.handles, handle => handle.Name.Equals(name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"There is no launch '{name}'.", nameof(name));

    public Task StartAsync(string name, CancellationToken cancellationToken = default) => throw CannotStart(name);

    public Task<LaunchOutcome> StopAsync(string name, CancellationToken cancellationToken = default) => this[name].StopAsync(cancellationToken);

    public Task RestartAsync(string name, CancellationToken cancellationToken = default) => throw CannotStart(name);

    private static InvalidOperationException CannotStart(string name) =>
        new($"Launch '{name}' can only be stopped here, since the program keeps its launcher. Start it there, or add it to a host with AddLaunch.");
}
