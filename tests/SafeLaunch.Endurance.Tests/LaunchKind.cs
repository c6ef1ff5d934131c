using System.Net.WebSockets;
using System.Text;
using BlazorApp.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Endurance.Tests;

/// <summary>The kinds of launches that are repeated: each is started, used, and stopped while it is in use.</summary>
internal static class LaunchKind
{
    public static async Task EmptyAsync()
    {
        await using var handle = await Launcher.For(Empty).StartAsync().Within();
        await StopAsync(handle);
    }

    /// <summary>Nothing but a thread, a context and a host that wait for their end.</summary>
    public static void Empty(LaunchContext context)
    {
        context.SignalReady();
        context.Stopping.WaitHandle.WaitOne();
    }

    /// <summary>The host has the file watchers of its configuration.</summary>
    public static async Task UnusedHostAsync()
    {
        await using var handle = await Launcher.For(launch =>
        {
            _ = WebApplication.CreateBuilder().Build();
            Empty(launch);
        }).StartAsync().Within();
        await StopAsync(handle);
    }

    public static async Task KestrelAsync()
    {
        await using var handle = await Launcher.For(
            () =>
            {
                var builder = WebApplication.CreateSlimBuilder();
                builder.Logging.ClearProviders();
                var app = builder.Build();
                app.MapGet("/", () => "Hello");
                app.Run();
            },
            options => options.UseLoopback()).StartAsync().Within();

        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Is.EqualTo("Hello"));
        await StopAsync(handle);
    }

    /// <summary>The Blazor Server sample by its entry point, with a visitor who keeps his connection open.</summary>
    public static async Task BlazorAsync()
    {
        await using var handle = await Launcher.ForProgram<App>(options =>
        {
            options.StopTimeout = Gate.Patience;
            options.Configuration["Logging:LogLevel:Default"] = "None";
            options.UseLoopback();
        }).StartAsync().Within();

        using var client = handle.CreateClient();
        Assert.That(await client.GetStringAsync("/").Within(), Does.Contain("Click me"));
        using var circuit = await ConnectAsync(handle.Address).Within();
        await StopAsync(handle);
    }

    /// <summary>Fails before it is ready, or after that, in each of the ways that need no time-out.</summary>
    public static async Task FailingAsync()
    {
        var error = new InvalidOperationException("failing");
        Assert.That(await CatchAsync(() => Launcher.For(() => throw error).StartAsync()), Is.SameAs(error));
        Assert.That(await CatchAsync(() => Launcher.For(Empty, options => options.ConfigureLaunchHost(_ => throw error)).StartAsync()), Is.SameAs(error));

        await using var handle = await Launcher.For(Empty).StartAsync().Within();
        handle.SynchronizationContext.Post(_ => throw error, null);
        Assert.That((await handle.Completion.Within()).Exception, Is.SameAs(error));
    }

    private static async Task<Exception?> CatchAsync(Func<Task<LaunchHandle>> startAsync)
    {
        try
        {
            await startAsync().Within();
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }

    /// <summary>As the script of the page does: a hub connection by a web socket, with the protocol of Blazor.</summary>
    private static async Task<ClientWebSocket> ConnectAsync(Uri address)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = Uri.UriSchemeWs, Path = "_blazor" }.Uri, CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"protocol":"blazorpack","version":1}""" + '\x1e'), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        var answer = new byte[16];
        var received = await socket.ReceiveAsync(answer, CancellationToken.None);
        Assert.That(Encoding.UTF8.GetString(answer, 0, received.Count), Is.EqualTo("{}\x1e"));
        return socket;
    }

    private static async Task StopAsync(LaunchHandle handle)
    {
        var outcome = await handle.StopAsync().Within();
        Assert.That(outcome.ToString(), Is.EqualTo("Stopped: It was asked to stop."));
    }
}
