using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Hosting;

/// <summary>The small host of one launch: no files, no console, no signals, and what the options add to it.</summary>
internal static class OwnHost
{
    public static IHost Build(LaunchOptions options, LaunchSynchronizationContext context)
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

        if (options.ConfigureHost is { } configure)
        {
            configure(builder);
            RunInContext(builder.Services, context);
        }

        return builder.Build();
    }

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
