using Microsoft.AspNetCore;

namespace LegacyProgram;

/// <summary>A program as the templates of ASP.NET Core 2 made it.</summary>
public static class Program
{
    public static void Main(string[] args) => CreateWebHostBuilder(args).Build().Run();

    public static IWebHostBuilder CreateWebHostBuilder(params string[] args) =>
#pragma warning disable ASPDEPR008 // It is the one to be launched.
        WebHost.CreateDefaultBuilder(args)
#pragma warning restore ASPDEPR008
            .ConfigureLogging(logging => logging.ClearProviders())
            .UseStartup<Startup>();
}
