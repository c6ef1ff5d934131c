using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

/// <summary>The hosts that one launch builds, in the order of their building, and what is laid over each of them.</summary>
/// <param name="options">What to lay over them.</param>
/// <param name="keepsLifetime">Whether they keep the lifetime that listens to the console.</param>
/// <param name="observer">Hears of them.</param>
internal sealed class LaunchedHosts(LaunchOptions options, bool keepsLifetime, IHostObserver observer)
{
    private readonly object gate = new();
    private volatile LaunchedHost[] hosts = [];

    public IReadOnlyList<LaunchedHost> Snapshot => this.hosts;

    public bool IsAnyPending => this.hosts.Any(host => host.IsPending);

    public bool IsAnyLive => this.hosts.Any(host => host.IsLive);

    public bool HasAnyStarted => this.hosts.Any(host => host.HasStarted);

    public bool HasAnyFailedToStart => this.hosts.Any(host => host.FailedToStart);

    public void OnBuilding(IHostBuilder builder)
    {
        if (options.Configuration.Count > 0)
        {
            builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(options.Configuration));
        }

        options.ConfigureLaunchedHost?.Invoke(builder);
        builder.ConfigureServices((_, services) => this.Overlay(services));
    }

    public void OnBuilt(IHost host)
    {
        // Not there if the builder has a container of its own that drops what it is not told to keep.
        var launched = host.Services.GetService<LaunchedHost>() ?? new(observer);
        launched.Follow(host);
        lock (this.gate)
        {
            this.hosts = [.. this.hosts, launched];
        }
    }

    public void StopApplications()
    {
        foreach (var host in this.Snapshot.Reverse())
        {
            host.StopApplication();
        }
    }

    private void Overlay(IServiceCollection services)
    {
        if (!keepsLifetime)
        {
            services.RemoveAll<IHostLifetime>();
            services.AddSingleton<IHostLifetime, NoLifetime>();
        }

        var longest = HostShutdown.LongestWithin(options.StopTimeout);
        services.PostConfigure<HostOptions>(host =>
        {
            if (host.ShutdownTimeout > longest || host.ShutdownTimeout < TimeSpan.Zero)
            {
                host.ShutdownTimeout = longest;
            }
        });

        // By a factory, so that the container disposes it.
        services.AddSingleton(_ => new LaunchedHost(observer));
        services.AddHostedService(provider => provider.GetRequiredService<LaunchedHost>());
    }
}
