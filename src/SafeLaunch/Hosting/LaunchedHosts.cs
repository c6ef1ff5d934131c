using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Hosting;

/// <summary>The hosts of one launch, in the order in which they were noticed, and what is laid over those that it builds.</summary>
/// <param name="options">What to lay over them.</param>
/// <param name="keepsLifetime">Whether they keep the lifetime that listens to the console.</param>
/// <param name="observer">Hears of them.</param>
internal sealed class LaunchedHosts(LaunchOptions options, bool keepsLifetime, IHostObserver observer)
{
    private readonly object gate = new();
    private volatile LaunchedHost[] hosts = [];
    private volatile bool isStopping;

    public IReadOnlyList<LaunchedHost> Snapshot => this.hosts;

    public bool IsAnyPending => this.hosts.Any(host => host.IsPending);

    public bool IsAnyLive => this.hosts.Any(host => host.IsLive);

    public bool HasAnyStarted => this.hosts.Any(host => host.HasStarted);

    public bool HasAnyFailedToStart => this.hosts.Any(host => host.FailedToStart);

    /// <summary>Whether there is anything to lay over a host, which only a host that is still to be built can take.</summary>
    public bool HasOverlay => options.Configuration.Count > 0 || options.AppHostConfiguration is not null;

    public void OnBuilding(IHostBuilder builder)
    {
        if (options.Configuration.Count > 0)
        {
            builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(options.Configuration));
        }

        options.AppHostConfiguration?.Invoke(builder);
        builder.ConfigureServices((_, services) => this.Overlay(services));
    }

    public void OnBuilt(IHost host)
    {
        // Not there if the builder has a container of its own that drops what it does not know.
        var launched = host.Services.GetService<LaunchedHost>() ?? new(observer);
        launched.Follow(host);
        this.Add(launched);
        this.StopIfLate(launched);
    }

    /// <summary>Notices a host that was built before the launch, once it is started inside of it; one that is started elsewhere is not its.</summary>
    public void Expect(IHost captured, Func<bool> isInside)
    {
        if (FindLifetime(captured) is not { } lifetime)
        {
            return;
        }

        // One that runs already has been started by somebody else, and calls back here and now.
        var isExpected = false;

        // Called without the execution context of this flow, and so in that of whoever starts the host.
        using (ExecutionContextFlow.Suppress())
        {
            lifetime.ApplicationStarted.Register(() =>
            {
                if (Volatile.Read(ref isExpected) && isInside() && !Array.Exists(this.hosts, host => host.Host == captured))
                {
                    var launched = new LaunchedHost(observer) { IsBuiltBefore = true };
                    this.Add(launched);
                    launched.Follow(captured);
                    this.StopIfLate(launched);
                }
            });
        }

        Volatile.Write(ref isExpected, true);
    }

    /// <summary>Asks them all, the newest first, on the thread pool since what is registered there may block.</summary>
    public Task StopApplicationsAsync()
    {
        this.isStopping = true;
        return this.hosts.Length == 0 ? Task.CompletedTask : Task.Run(() =>
        {
            foreach (var host in this.Snapshot.Reverse())
            {
                host.StopApplication();
            }
        });
    }

    private static IHostApplicationLifetime? FindLifetime(IHost captured)
    {
        try
        {
            return captured.Services.GetService<IHostApplicationLifetime>();
        }
        catch (ObjectDisposedException)
        {
            // A closure holds whatever its scope has captured, hosts that are over included.
            return null;
        }
    }

    /// <summary>One that comes while the others are stopped, or after that, would else be parked in its Run for good.</summary>
    private void StopIfLate(LaunchedHost host)
    {
        if (this.isStopping)
        {
            host.StopApplication();
        }
    }

    private void Add(LaunchedHost host)
    {
        lock (this.gate)
        {
            this.hosts = [.. this.hosts, host];
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
