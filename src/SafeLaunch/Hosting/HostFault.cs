using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SafeLaunch.Hosting;

internal static class HostFault
{
    /// <summary>
    /// The exception of a background service that stops its host, or null; to be asked for when the host begins to stop. Up to
    /// .NET 10 the host only logs it and then ends as if it had been asked to stop.
    /// </summary>
    public static Exception? Find(IHost host)
    {
        var options = host.Services.GetRequiredService<IOptions<HostOptions>>().Value;
        return options.BackgroundServiceExceptionBehavior == BackgroundServiceExceptionBehavior.Ignore
            ? null
            : host.Services.GetServices<IHostedService>()
                .OfType<BackgroundService>()
                .Select(service => service.ExecuteTask?.Exception?.InnerException)
                .FirstOrDefault(exception => exception is not null);
    }
}
