using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Legacy;

/// <summary>A legacy web host that was built, as a generic host.</summary>
internal sealed class LegacyHost(IServiceProvider services) : IHost, IAsyncDisposable
{
    public IServiceProvider Services => services;

    public Task StartAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A legacy web host is started by its own code only.");

    /// <summary>In the order in which the host stops by its own code; it may do so at the same time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await services.GetRequiredService<IServer>().StopAsync(cancellationToken).ConfigureAwait(false);
        if (services.GetRequiredService<LegacyStop>().TryBegin())
        {
            await LegacyServices.StopAsync(services, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => (services as IDisposable)?.Dispose();

    public ValueTask DisposeAsync()
    {
        if (services is IAsyncDisposable disposable)
        {
            return disposable.DisposeAsync();
        }

        this.Dispose();
        return default;
    }
}
