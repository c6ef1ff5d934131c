namespace SafeLaunch.InHost;

/// <summary>In which order the launches of a host start and stop.</summary>
internal sealed class LaunchPlan
{
    private readonly Dictionary<string, LaunchRegistration> registrations;
    private readonly Dictionary<string, int> layers = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">A launch comes after another launch that is unknown, that starts later, or that comes after it too.</exception>
    public LaunchPlan(IEnumerable<LaunchRegistration> registrations)
    {
        this.registrations = registrations.ToDictionary(registration => registration.Name, StringComparer.Ordinal);
        foreach (var registration in this.registrations.Values)
        {
            this.FindLayer(registration, []);
        }

        foreach (var registration in this.registrations.Values)
        {
            this.ThrowIfTooEarly(registration);
        }
    }

    /// <summary>The launches that start at one time, in the order in which they were added. On demand: none.</summary>
    public IEnumerable<string> StartedAt(LaunchStart start) =>
        this.registrations.Values.Where(registration => registration.StartWhen == start && start != LaunchStart.OnDemand).Select(registration => registration.Name);

    /// <summary>The launches that stop when those of one start do, in layers: those of one layer stop together, and the first layer first.</summary>
    public IEnumerable<IReadOnlyList<string>> StoppedWith(LaunchStart start) =>
        this.registrations.Values
            .Where(registration => this.StopsWith(registration) == start)
            .GroupBy(registration => this.layers[registration.Name], registration => registration.Name)
            .OrderByDescending(layer => layer.Key)
            .Select(layer => layer.ToArray());

    private static int OrderOf(LaunchStart start) => start switch
    {
        LaunchStart.BeforeServices => 0,
        LaunchStart.WithServices => 1,
        _ => 2,
    };

    private int FindLayer(LaunchRegistration registration, IReadOnlyList<string> path)
    {
        if (path.Contains(registration.Name, StringComparer.Ordinal))
        {
            var cycle = path.SkipWhile(name => !name.Equals(registration.Name, StringComparison.Ordinal)).Append(registration.Name);
            throw new InvalidOperationException($"Launches wait for each other, so that none of them could start: {string.Join(" after ", cycle.Select(name => $"'{name}'"))}. Take one of these calls of After away.");
        }

        if (!this.layers.TryGetValue(registration.Name, out var layer))
        {
            layer = registration.After.Count == 0 ? 0 : 1 + registration.After.Max(name => this.FindLayer(this.Find(name, registration), [.. path, registration.Name]));
            this.layers.Add(registration.Name, layer);
        }

        return layer;
    }

    private LaunchRegistration Find(string name, LaunchRegistration user) =>
        this.registrations.TryGetValue(name, out var found)
            ? found
            : throw new InvalidOperationException($"Launch '{user.Name}' comes after '{name}', and the host has no launch of that name. It has: {string.Join(", ", this.registrations.Keys)}.");

    private void ThrowIfTooEarly(LaunchRegistration registration)
    {
        if (registration.StartWhen != LaunchStart.OnDemand
            && this.StartedBefore(registration).FirstOrDefault(first => OrderOf(first.StartWhen) > OrderOf(registration.StartWhen)) is { } late)
        {
            throw new InvalidOperationException($"Launch '{registration.Name}' comes after '{late.Name}', which starts later in the host: {late.StartWhen}, not {registration.StartWhen}. Change StartWhen of one of them.");
        }
    }

    /// <summary>The launches of the host's start that a launch comes after. One on demand starts with its user, and brings those that it comes after itself.</summary>
    private IEnumerable<LaunchRegistration> StartedBefore(LaunchRegistration user) => user.After
        .Select(name => this.registrations[name])
        .SelectMany(first => first.StartWhen == LaunchStart.OnDemand ? this.StartedBefore(first) : [first]);

    /// <summary>A launch on demand outlives the launches that come after it.</summary>
    private LaunchStart StopsWith(LaunchRegistration registration) =>
        registration.StartWhen != LaunchStart.OnDemand
            ? registration.StartWhen
            : this.registrations.Values
                .Where(user => user.After.Contains(registration.Name, StringComparer.Ordinal))
                .Select(this.StopsWith)
                .DefaultIfEmpty(LaunchStart.AfterStarted)
                .MinBy(OrderOf);
}
