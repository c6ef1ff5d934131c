using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SafeLaunch.Processes.Tests.Snippets;

/// <summary>The app of the snippets.</summary>
internal static class Shop
{
    public static void Run()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/", (IServiceProvider services) => services.GetService<string>() ?? "shop");
        app.Run();
    }
}
