using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Endurance.Tests;

/// <summary>One supervised web server, whose runs crash one after another.</summary>
internal sealed class SupervisedKestrel : IAsyncDisposable
{
    private LaunchHandle? handle;

    public async Task StartAsync() =>
        this.handle = await Launcher.For(
            () =>
            {
                var builder = WebApplication.CreateSlimBuilder();
                builder.Logging.ClearProviders();
                var app = builder.Build();
                app.MapGet("/", () => "Hello");
                app.Run();
            },
            options => options.UseLoopback()).Supervised(options => (options.Delay, options.MaxRestarts) = (TimeSpan.Zero, int.MaxValue)).StartAsync().Within();

    /// <summary>Crashes the current run, and waits until the next one serves at the same address.</summary>
    public async Task RestartAsync()
    {
        var address = this.handle!.Address;
        var host = this.handle.Hosts[0];
        this.handle.SynchronizationContext.Post(_ => throw new InvalidOperationException("crash"), null);
        while (this.handle.State != LaunchState.Running || this.handle.Hosts is not [var now] || ReferenceEquals(now, host))
        {
            await Task.Delay(1);
        }

        Assert.That(this.handle.Address, Is.EqualTo(address));
        using var client = this.handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("Hello"));
    }

    public async ValueTask DisposeAsync() => await this.handle!.DisposeAsync();
}
