using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Hosting;

/// <summary>
/// The small host that each launch has for itself: no files, no console, no signals, and what the options add to it. Without
/// <see cref="LaunchOptions.ConfigureLaunchHost"/> it has nothing to run, and is built on first access to its services.
/// </summary>
/// <param name="options">What to add to it.</param>
/// <param name="onStopping">Called when it begins to stop, with the exception of the background service that stops it, or null.</param>
internal sealed class LaunchHost(LaunchOptions options, Action<Exception?> onStopping)
{
    private readonly object gate = new();
    private IHost? host;
    private StopObserver? stopObserver;
    private bool isClosed;

    /// <summary>Whether the launch has to start it before its delegate.</summary>
    public bool IsConfigured => options.LaunchHostConfiguration is not null;

    /// <summary>Builds it as the options say. Called on the thread of the context.</summary>
    /// <returns>The host, still to be started; null where the launch began to end meanwhile.</returns>
    public async Task<IHost?> BuildAsync(LaunchSynchronizationContext context)
    {
        var built = Build(options, context, onStarting: () => this.stopObserver!.Observe());
        if (this.Keep(built) == built)
        {
            return built;
        }

        await Disposal.DisposeAsync(built).ConfigureAwait(false);
        return null;
    }

    public Task StartAsync(IHost built, CancellationToken cancellationToken)
    {
        var start = built.StartAsync(cancellationToken);

        // Later than the lifetime calls it, where ConfigureLaunchHost has set another lifetime.
        this.stopObserver!.Observe();
        return start;
    }

    /// <summary>Null while ConfigureLaunchHost has still to set it up, and once it has been closed without ever having been built. Safe from any thread.</summary>
    public IServiceProvider? GetServices() =>
        (Volatile.Read(ref this.host) ?? (this.IsConfigured ? null : this.BuildLate()))?.Services switch
        {
            ContextServiceProvider services => services.Inner,
            var services => services,
        };

    /// <summary>Whether its hosted services run on the launch thread, which a container of the app prevents.</summary>
    public static bool RunsOnThread(IHost built) => built.Services is ContextServiceProvider;

    /// <summary>From here on it is no longer built. Null if it never was.</summary>
    public IHost? Close()
    {
        lock (this.gate)
        {
            this.isClosed = true;
            return this.host;
        }
    }

    private static IHost Build(LaunchOptions options, LaunchSynchronizationContext? context, Action onStarting)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.RemoveAll<IHostLifetime>();
        builder.Services.AddSingleton<IHostLifetime>(new SilentLifetime(onStarting));
        if (options.LoggerFactory is { } loggerFactory)
        {
            builder.Services.AddSingleton(loggerFactory);
        }

        if (options.Configuration.Count > 0)
        {
            builder.Configuration.AddInMemoryCollection(options.Configuration);
        }

        if (options.LaunchHostConfiguration is { } configure && context is not null)
        {
            builder.ConfigureContainer(new ContextServiceProvider.Factory(context));
            configure(builder);
        }

        return builder.Build();
    }

    private IHost? BuildLate()
    {
        var built = Build(options, context: null, onStarting: static () => { });

        // It has no services that could take their time.
        built.StartAsync().GetAwaiter().GetResult();
        var kept = this.Keep(built);
        if (kept != built)
        {
            built.Dispose();
        }

        return kept;
    }

    /// <summary>The first where two are built at the same time; null where both come too late.</summary>
    private IHost? Keep(IHost built)
    {
        lock (this.gate)
        {
            if (this.isClosed || this.host is not null)
            {
                return this.host;
            }

            this.host = built;
            this.stopObserver = new(built, onStopping);
        }

        this.stopObserver.Observe();
        return built;
    }
}
