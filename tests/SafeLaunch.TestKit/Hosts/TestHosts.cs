using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.TestKit;

/// <summary>Real hosts for the tests, silent.</summary>
internal static class TestHosts
{
    public static HostApplicationBuilder Builder()
    {
        // A system watches only so many files for all its processes, and a test may build many hosts.
        var builder = Host.CreateApplicationBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        return builder;
    }

    public static IHost With(params IHostedService[] services)
    {
        var builder = Builder();
        foreach (var service in services)
        {
            builder.Services.AddSingleton(service);
        }

        return builder.Build();
    }

    public static IHostApplicationLifetime LifetimeOf(IHost host) =>
        host.Services.GetRequiredService<IHostApplicationLifetime>();

    public static bool HasStarted(IHost host) => LifetimeOf(host).ApplicationStarted.IsCancellationRequested;

    public static bool IsAskedToStop(IHost host) => LifetimeOf(host).ApplicationStopping.IsCancellationRequested;

    public static bool HasStopped(IHost host) => LifetimeOf(host).ApplicationStopped.IsCancellationRequested;
}
