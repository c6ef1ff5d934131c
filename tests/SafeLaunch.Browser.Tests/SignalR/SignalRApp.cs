using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Browser.Tests.SignalR;

/// <summary>A page that talks to its server through a hub. Knows nothing of being launched.</summary>
internal static class SignalRApp
{
    public static void Run()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<ClickHub.Clicks>();
        builder.Services.AddSignalR();

        var app = builder.Build();
        app.MapGet("/", () => Results.File(Path.Combine(AppContext.BaseDirectory, "SignalR", "Page.html"), "text/html"));
        app.MapHub<ClickHub>("/clicks");
        app.Run("http://localhost:5000");
    }
}
