using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Browser.Tests.Launches;

/// <summary>A launched web app that crashes when the test says so. It knows nothing of the page of the launches.</summary>
internal sealed class Shop
{
    private readonly Lock gate = new();
    private TaskCompletionSource crash = Gate.NewSource();

    public void Run()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService(_ => new Work(this.NextCrash()));
        var app = builder.Build();
        app.MapGet("/", () => "Welcome to the shop");
        app.MapGet("/buy", (string thing, ILogger<Shop> logger) => Buy(thing, logger));
        app.Run();
    }

    /// <summary>Crashes the current run, by a background service that fails.</summary>
    public void Crash()
    {
        lock (this.gate)
        {
            this.crash.TrySetResult();
        }
    }

    private static string Buy(string thing, ILogger logger)
    {
#pragma warning disable CA1848, CA1873 // An app as it is often written.
        logger.LogInformation("Sold {Thing}", thing);
#pragma warning restore CA1848, CA1873
        return "sold";
    }

    private Task NextCrash()
    {
        lock (this.gate)
        {
            this.crash = Gate.NewSource();
            return this.crash.Task;
        }
    }

    private sealed class Work(Task crash) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await crash.WaitAsync(stoppingToken);
            throw new InvalidOperationException("The till is on fire.");
        }
    }
}
