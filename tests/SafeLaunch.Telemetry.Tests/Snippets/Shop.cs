using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Telemetry.Tests.Snippets;

/// <summary>The app of the snippets.</summary>
internal static class Shop
{
    public static void Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Build().Run();
    }
}
