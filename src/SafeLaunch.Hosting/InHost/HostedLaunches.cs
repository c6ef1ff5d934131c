using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.InHost;

/// <summary>The launches of a host: by name for its services, and by their place in its start and its stop for <see cref="LaunchesService"/>.</summary>
internal sealed class HostedLaunches : ILaunches, IAsyncDisposable, IDisposable
{
    private readonly Dictionary<string, HostedLaunch> launches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LaunchHandle> handles = new(StringComparer.Ordinal);
    private readonly LaunchRegistration[] registrations;
    private readonly IServiceProvider services;
    private readonly ILogger logger;
    private readonly CrashWatch crashes;
    private readonly Lazy<LaunchPlan> plan;

    public HostedLaunches(IEnumerable<LaunchRegistration> registrations, IServiceProvider services, ILoggerFactory loggerFactory)
    {
        this.registrations = [.. registrations];
        this.services = services;
        this.logger = loggerFactory.CreateLogger("SafeLaunch.Launches");
        this.crashes = new(services, this.logger);
        this.plan = new(this.MakePlan, LazyThreadSafetyMode.PublicationOnly);
        foreach (var registration in this.registrations)
        {
            var launch = new HostedLaunch(
                registration,
                () => registration.MakeLauncher(services, options => options.LoggerFactory = loggerFactory),
                () => registration.MakeHostedOptions(services),
                services.GetService<TimeProvider>() ?? TimeProvider.System);
            this.launches.Add(registration.Name, launch);
            this.handles.Add(registration.Name, new(launch));
        }
    }

    public IReadOnlyList<LaunchHandle> All => [.. this.registrations.Select(registration => this.handles[registration.Name])];

    public IEnumerable<HostedLaunch> Launches => this.registrations.Select(registration => this.launches[registration.Name]);

    public LaunchHandle this[string name] => this.handles[this.Find(name).Name];

    public async Task StartAsync(string name, CancellationToken cancellationToken = default)
    {
        var launch = this.Find(name);

        // Launches that wait for each other would never start.
        _ = this.plan.Value;
        await this.StartAsync(launch, new(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
    }

    public Task<LaunchOutcome> StopAsync(string name, CancellationToken cancellationToken = default) => this.StopAsync(this.Find(name), cancellationToken);

    public async Task RestartAsync(string name, CancellationToken cancellationToken = default)
    {
        var launch = this.Find(name);
        await this.StopAsync(launch, cancellationToken).ConfigureAwait(false);
        await this.StartAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts the launches of one time in the start of the host. When one of them fails, the others are given up too.</summary>
    /// <exception cref="InvalidOperationException">The launches cannot start in the order that they ask for.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A key of a bound section is wrong.</exception>
    /// <exception cref="Exception">The start of a launch has failed with it.</exception>
    public async Task StartAsync(LaunchStart start, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Dictionary<string, Task> pass = new(StringComparer.Ordinal);
        var starts = this.plan.Value.StartedAt(start).Select(name => this.StartAsync(this.Find(name), pass, giveUp.Token)).ToList();
        Task? failed = null;
        while (starts.Count > 0)
        {
            var ended = await Task.WhenAny(starts).ConfigureAwait(false);
            starts.Remove(ended);
            if (!ended.IsCompletedSuccessfully && failed is null)
            {
                failed = ended;
                await giveUp.CancelAsync().ConfigureAwait(false);
            }
        }

        await (failed ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <summary>Stops the launches of one time, layer by layer. Never fails.</summary>
    public async Task StopAsync(LaunchStart start, CancellationToken cancellationToken)
    {
        // Without a plan no launch was started.
        foreach (var layer in this.plan.IsValueCreated ? this.plan.Value.StoppedWith(start) : [])
        {
            await Task.WhenAll(layer.Select(name => this.StopOrAskAsync(this.launches[name], cancellationToken))).ConfigureAwait(false);
        }
    }

    /// <summary>Makes all launches that drain unhealthy, and ends once each has had its time.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        this.Close();
        return Task.WhenAll(this.launches.Values.Select(launch => launch.DrainAsync(cancellationToken)));
    }

    public void Dispose() => this.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>For a host that is disposed of without having been stopped, as when its start has failed.</summary>
    /// <returns>A task that ends with the launches.</returns>
    public async ValueTask DisposeAsync()
    {
        this.Close();
        await Task.WhenAll(this.handles.Values.Select(handle => handle.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    /// <summary>Checks all that can be checked before a launch starts.</summary>
    private LaunchPlan MakePlan()
    {
        foreach (var registration in this.registrations)
        {
            registration.Check(this.services);
        }

        return new(this.registrations);
    }

    private void Close()
    {
        foreach (var launch in this.launches.Values)
        {
            launch.Close();
        }
    }

    /// <param name="launch">The launch.</param>
    /// <param name="pass">The starts of this pass: a launch that several others come after is started once, and if it fails, not again.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    private Task StartAsync(HostedLaunch launch, Dictionary<string, Task> pass, CancellationToken cancellationToken)
    {
        lock (pass)
        {
            if (!pass.TryGetValue(launch.Name, out var start))
            {
                start = Task.Run(() => this.StartInOrderAsync(launch, pass, cancellationToken), CancellationToken.None);
                pass.Add(launch.Name, start);
            }

            return start;
        }
    }

    private async Task StartInOrderAsync(HostedLaunch launch, Dictionary<string, Task> pass, CancellationToken cancellationToken)
    {
        foreach (var first in launch.Registration.After)
        {
            await this.StartAsync(this.Find(first), pass, cancellationToken).ConfigureAwait(false);
        }

        if (await launch.StartAsync(cancellationToken).ConfigureAwait(false) is { } run)
        {
            _ = this.crashes.WatchAsync(launch, run);
        }
    }

    /// <summary>Stops a launch; from inside of it only asks it to stop, since it would wait for itself.</summary>
    private async Task StopOrAskAsync(HostedLaunch launch, CancellationToken cancellationToken)
    {
        if (launch.IsInside)
        {
            await launch.DrainAsync(cancellationToken).ConfigureAwait(false);
            this.handles[launch.Name].RequestStop();
        }
        else
        {
            await this.StopAsync(launch, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<LaunchOutcome> StopAsync(HostedLaunch launch, CancellationToken cancellationToken)
    {
        var outcome = await launch.StopAsync(cancellationToken).ConfigureAwait(false);
        if (outcome.Kind == LaunchOutcomeKind.Abandoned)
        {
            this.logger.LeftBehind(launch.Name, outcome.ThreadName, outcome.ThreadId, outcome.Reason);
        }

        return outcome;
    }

    private HostedLaunch Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return this.launches.TryGetValue(name, out var launch)
            ? launch
            : throw new ArgumentException($"The host has no launch '{name}'. It has: {string.Join(", ", this.launches.Keys)}.", nameof(name));
    }
}
