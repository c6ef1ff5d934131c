using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Tests.Hosting;

/// <summary>Real hosts for the tests: silent, and on ports that the system picks.</summary>
internal static class TestHosts
{
    public static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        return builder;
    }

    public static WebApplicationBuilder WebBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
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

    public static WebApplication WebWith(params IHostedService[] services)
    {
        var builder = WebBuilder();
        foreach (var service in services)
        {
            builder.Services.AddSingleton(service);
        }

        var app = builder.Build();
        app.MapGet("/", () => "served");
        return app;
    }

    public static IHostApplicationLifetime LifetimeOf(IHost host) =>
        host.Services.GetRequiredService<IHostApplicationLifetime>();

    public static bool HasStarted(IHost host) => LifetimeOf(host).ApplicationStarted.IsCancellationRequested;

    public static bool IsAskedToStop(IHost host) => LifetimeOf(host).ApplicationStopping.IsCancellationRequested;

    public static bool HasStopped(IHost host) => LifetimeOf(host).ApplicationStopped.IsCancellationRequested;
}
