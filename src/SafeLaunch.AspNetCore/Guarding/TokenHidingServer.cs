using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Guarding;

/// <summary>
/// The web server of a host, which takes the token out of the address of a request before the hosting logs that address. Only code that
/// stands between the server and the hosting can do so.
/// </summary>
internal sealed class TokenHidingServer(IServer inner, bool ownsInner) : IServer
{
    public IFeatureCollection Features => inner.Features;

    /// <summary>Puts it in the place of the server that a host has.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var used = services.LastOrDefault(service => service.ServiceType == typeof(IServer) && !service.IsKeyedService);
        if (used is not null)
        {
            services.AddSingleton<IServer>(provider => Around(used, provider));
        }
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => inner.StartAsync(new Application<TContext>(application), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose()
    {
        if (ownsInner)
        {
            inner.Dispose();
        }
    }

    /// <summary>The container disposes of this server, and this server of the inner one. A server registered as an instance stays its owner's.</summary>
    private static TokenHidingServer Around(ServiceDescriptor used, IServiceProvider provider) => used switch
    {
        { ImplementationInstance: IServer given } => new(given, ownsInner: false),
        { ImplementationFactory: { } create } => new((IServer)create(provider), ownsInner: true),
        _ => new((IServer)ActivatorUtilities.CreateInstance(provider, used.ImplementationType!), ownsInner: true),
    };

    /// <summary>Its contexts are the hosting's, which so keeps the objects that it reuses for each connection.</summary>
    private sealed class Application<TContext>(IHttpApplication<TContext> hosting) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            AddressToken.Hide(contextFeatures);
            return hosting.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => hosting.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => hosting.DisposeContext(context, exception);
    }
}
