using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch;

/// <summary>
/// Sets the addresses of a web server after everything else that could set them and before it binds, which is the only time
/// at which that is both sure to win and safe.
/// </summary>
internal sealed class AddressOverride(IServiceProvider services, string[] urls) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>() is { } feature)
        {
            feature.Addresses.Clear();
            foreach (var url in urls)
            {
                feature.Addresses.Add(url);
            }

            // Else the endpoints of Kestrel's own configuration and code would come before them.
            feature.PreferHostingUrls = true;
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
