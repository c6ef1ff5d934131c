using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeLaunch.Threading;

namespace SafeLaunch.Hosting;

/// <summary>
/// The services of a launch host as that host sees them: it gets each hosted service wrapped so that it runs on the launch
/// thread. All other code uses <see cref="Inner"/>, in which the services are themselves.
/// </summary>
internal sealed class ContextServiceProvider(ServiceProvider inner, LaunchSynchronizationContext context)
    : IServiceProvider, IDisposable, IAsyncDisposable
{
    public IServiceProvider Inner => inner;

    public object? GetService(Type serviceType)
    {
        var service = inner.GetService(serviceType);
        return serviceType == typeof(IEnumerable<IHostedService>)
            ? ((IEnumerable<IHostedService>)service!).Select(hosted => new ContextHostedService(hosted, context)).ToArray()
            : service;
    }

    public void Dispose() => inner.Dispose();

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>Makes one for the builder of a host.</summary>
    internal sealed class Factory(LaunchSynchronizationContext context) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services) => services;

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) =>
            new ContextServiceProvider(containerBuilder.BuildServiceProvider(), context);
    }
}
