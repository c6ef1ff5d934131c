using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using SafeLaunch;

namespace Desk;

/// <summary>The web app with the page of the launches. As a launch, it sees only those services of the worker that HandOver adds.</summary>
internal static class FrontDesk
{
    public static void HandOver(IServiceProvider worker, IServiceCollection desk) => desk
        .AddSingleton(worker.GetRequiredService<ILaunches>())
        .AddSingleton(worker.GetRequiredService<HealthCheckService>())
        .AddSingleton(worker.GetRequiredService<MeterProvider>());

    public static void Run()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapLaunches("/");
        app.MapHealthChecks("/health");
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.Run();
    }
}
