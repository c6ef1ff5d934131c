using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting;

internal static class HostFault
{
    /// <summary>
    /// The exception of a background service, to be asked for when its host begins to stop. Up to .NET 10 the host only logs it
    /// and then ends as if it had been asked to stop.
    /// </summary>
    public static Exception? Find(IHost host) =>
        host.Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Select(service => service.ExecuteTask?.Exception?.InnerException)
            .FirstOrDefault(exception => exception is not null);
}
