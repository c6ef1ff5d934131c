using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting.Tests.Snippets;

/// <summary>The app of the snippets that serves the page of the launches.</summary>
internal static class Desk
{
    public static void Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapLaunches("/");
        app.Run();
    }
}
