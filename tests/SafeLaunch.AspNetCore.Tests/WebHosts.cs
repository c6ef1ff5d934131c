using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.AspNetCore.Tests;

/// <summary>Real web hosts for the tests: silent, and on ports that the system picks.</summary>
internal static class WebHosts
{
    public static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }

    public static WebApplication With(params IHostedService[] services)
    {
        var builder = Builder();
        foreach (var service in services)
        {
            builder.Services.AddSingleton(service);
        }

        var app = builder.Build();
        app.MapGet("/", () => "served");
        return app;
    }
}
