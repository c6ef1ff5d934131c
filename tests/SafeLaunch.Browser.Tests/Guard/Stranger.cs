using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Browser.Tests.Guard;

/// <summary>A web server of another program: an empty page, in which a test does what a hostile page would do.</summary>
internal static class Stranger
{
    public static Task<LaunchHandle> StartAsync() => Launcher.For(
        () =>
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Run(context =>
            {
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync("<!DOCTYPE html><title>stranger</title><body>stranger</body>");
            });
            app.Run();
        },
        options =>
        {
            options.Name = "stranger";
            options.UseLoopback().GuardAccess(guard => guard.AllowedHosts.Add("evil.test"));
        }).StartAsync();
}
