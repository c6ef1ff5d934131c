using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Hosting;

/// <summary>
/// The small host of one launch: no files, no console, no signals, and what the options add to it. One that nothing is added
/// to has nothing to run either, and is built only if somebody asks for its services.
/// </summary>
/// <param name="options">What to add to it.</param>
/// <param name="onStopping">Called when it begins to stop, whoever asked it to.</param>
internal sealed class OwnHost(LaunchOptions options, Action<IHost> onStopping)
{
    private readonly object gate = new();
    private IHost? host;
    private bool isClosed;
    private int hasBegunToStop;

    /// <summary>Whether the launch has to start it before its delegate.</summary>
    public bool IsConfigured => options.ConfigureHost is not null;

    /// <summary>Builds it as the options say. Called on the thread of the context.</summary>
    /// <returns>The host, still to be started; null where the launch began to end meanwhile.</returns>
    public async Task<IHost?> BuildAsync(LaunchSynchronizationContext context)
    {
        var built = Build(options, context);
        if (this.Keep(built) == built)
        {
            return built;
        }

        await ((IAsyncDisposable)built).DisposeAsync().ConfigureAwait(false);
        return null;
    }

    public Task StartAsync(IHost built, CancellationToken cancellationToken)
    {
        var start = built.StartAsync(cancellationToken);

        // Once more, since what is registered last is called first: before a stop cancels the start, which then fails for
        // another reason than the one that it was stopped for.
        this.HearOfStop(built);
        return start;
    }

    /// <summary>Null while ConfigureHost has still to set it up, and once it has been closed without ever having been needed. Safe from any thread.</summary>
    public IServiceProvider? GetServices() => (Volatile.Read(ref this.host) ?? (this.IsConfigured ? null : this.BuildLate()))?.Services;

    /// <summary>From here on it is no longer built. Null if it never was.</summary>
    public IHost? Close()
    {
        lock (this.gate)
        {
            this.isClosed = true;
            return this.host;
        }
    }

    private static IHost Build(LaunchOptions options, LaunchSynchronizationContext? context)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.RemoveAll<IHostLifetime>();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        if (options.LoggerFactory is { } loggerFactory)
        {
            builder.Services.AddSingleton(loggerFactory);
        }

        if (options.Configuration.Count > 0)
        {
            builder.Configuration.AddInMemoryCollection(options.Configuration);
        }

        if (options.ConfigureHost is { } configure && context is not null)
        {
            configure(builder);
            RunInContext(builder.Services, context);
        }

        return builder.Build();
    }

    private IHost? BuildLate()
    {
        var built = Build(options, context: null);

        // It has no services that could take their time.
        built.StartAsync().GetAwaiter().GetResult();
        var kept = this.Keep(built);
        if (kept != built)
        {
            built.Dispose();
        }

        return kept;
    }

    /// <summary>The one that counts where two are built at the same time; null where all come too late.</summary>
    private IHost? Keep(IHost built)
    {
        lock (this.gate)
        {
            if (this.isClosed || this.host is not null)
            {
                return this.host;
            }

            this.host = built;
        }

        this.HearOfStop(built);
        return built;
    }

    private void HearOfStop(IHost built) => built.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
    {
        if (Interlocked.Exchange(ref this.hasBegunToStop, 1) == 0)
        {
            onStopping(built);
        }
    });

    private static void RunInContext(IServiceCollection services, LaunchSynchronizationContext context)
    {
        for (var i = 0; i < services.Count; i++)
        {
            var service = services[i];
            if (service.ServiceType == typeof(IHostedService) && !service.IsKeyedService)
            {
                // The service itself moves to a key of its own, where the container still makes and disposes it.
                var key = new object();
                services[i] = ServiceDescriptor.Singleton<IHostedService>(
                    provider => new ContextHostedService(provider.GetRequiredKeyedService<IHostedService>(key), context));
                services.Add(Keyed(service, key));
            }
        }
    }

    private static ServiceDescriptor Keyed(ServiceDescriptor service, object key)
    {
        if (service.ImplementationInstance is { } instance)
        {
            return new(typeof(IHostedService), key, instance);
        }

        return service.ImplementationFactory is { } factory
            ? new(typeof(IHostedService), key, (provider, _) => factory(provider), service.Lifetime)
            : new(typeof(IHostedService), key, service.ImplementationType!, service.Lifetime);
    }
}
