using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Legacy;

/// <summary>Makes the services of a legacy web host as before, which is the last step of its building.</summary>
internal sealed class LegacyProviderFactory(IServiceProviderFactory<IServiceCollection> inner, LegacyAnnouncement announcement)
    : IServiceProviderFactory<IServiceCollection>
{
    /// <summary>Puts one in the place of the factory that the builder uses.</summary>
    public static void Decorate(IServiceCollection services, LegacyAnnouncement announcement)
    {
        var used = services.Last(service => service.ServiceType == typeof(IServiceProviderFactory<IServiceCollection>));
        services.AddSingleton<IServiceProviderFactory<IServiceCollection>>(provider => new LegacyProviderFactory(
            (IServiceProviderFactory<IServiceCollection>)(used.ImplementationInstance ?? used.ImplementationFactory?.Invoke(provider) ?? new DefaultServiceProviderFactory()),
            announcement));
    }

    public IServiceCollection CreateBuilder(IServiceCollection services) => inner.CreateBuilder(services);

    public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder)
    {
        var provider = inner.CreateServiceProvider(containerBuilder);

        // The builder first makes services for itself, without a lifetime.
        if (containerBuilder.Any(service => service.ServiceType == typeof(IHostApplicationLifetime)))
        {
            announcement.Make(provider);
        }

        return provider;
    }
}
