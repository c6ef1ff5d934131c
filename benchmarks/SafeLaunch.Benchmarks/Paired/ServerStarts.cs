using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MinimalApp;
using Nito.AsyncEx;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>The same app, started in each of the ways that people start it.</summary>
public static class ServerStarts
{
    public static async Task<RunningServer> DirectAsync()
    {
        var app = App.Build([]);
        await app.StartAsync();
        return new(AddressOf(app.Services), () => StopAsync(app));
    }

    public static async Task<RunningServer> LaunchedAsync()
    {
        var handle = await Launcher.For(() => App.Build([]).Run(), options => options.UseLoopback()).StartAsync();
        return new(handle.Address, () => handle.StopAsync());
    }

    /// <summary>Without the guard that a launch on the loopback has by default.</summary>
    public static async Task<RunningServer> OpenAsync()
    {
        var handle = await Launcher.For(() => App.Build([]).Run(), options => options.UseLoopback().AllowAnyAccess()).StartAsync();
        return new(handle.Address, () => handle.StopAsync());
    }

    /// <summary>With the guard, and a token that each request has to bring.</summary>
    public static async Task<RunningServer> LaunchedWithTokenAsync()
    {
        var handle = await Launcher.For(() => App.Build([]).Run(), options => options.UseLoopback().GuardAccess(guard => guard.RequireToken = true)).StartAsync();
        return new(handle.Address, () => handle.StopAsync(), new("Bearer", handle.GetAccessToken()));
    }

    /// <summary>By a delegate that returns while its server runs.</summary>
    public static async Task<RunningServer> OnlyStartedInLaunchAsync()
    {
        var handle = await Launcher.For(() => App.Build([]).Start(), options => options.UseLoopback()).StartAsync();
        return new(handle.Address, () => handle.StopAsync());
    }

    public static async Task<RunningServer> OnBareThreadAsync()
    {
        var started = new TaskCompletionSource<WebApplication>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            var built = App.Build([]);
            built.Lifetime.ApplicationStarted.Register(() => started.SetResult(built));
            built.Run();
        });
        thread.Start();
        var app = await started.Task;
        return new(AddressOf(app.Services), () =>
        {
            app.Lifetime.StopApplication();
            thread.Join();
            return Task.CompletedTask;
        });
    }

    public static async Task<RunningServer> OnContextThreadAsync()
    {
        var thread = new AsyncContextThread();
        var (host, app) = await thread.Factory.Run(async () =>
        {
            var hostOfThread = Host.CreateDefaultBuilder().ConfigureLogging(logging => logging.ClearProviders()).Build();
            await hostOfThread.StartAsync();
            var built = App.Build([]);
            await built.StartAsync();
            return (hostOfThread, built);
        });
        return new(AddressOf(app.Services), async () =>
        {
            await StopAsync(app);
            await StopAsync(host);
            await thread.JoinAsync();
        });
    }

    public static Task<RunningServer> InFactoryAsync()
    {
        var factory = new WebApplicationFactory<Program>();

        // Without a port, since to set one races the binding and now and then throws (dotnet/aspnetcore#67714); the app has its own.
        factory.UseKestrel();
        factory.StartServer();
        return Task.FromResult(new RunningServer(AddressOf(factory.Services), () => factory.DisposeAsync().AsTask()));
    }

    private static Uri AddressOf(IServiceProvider services) =>
        new(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
