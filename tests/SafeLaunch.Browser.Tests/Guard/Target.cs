using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Browser.Tests.Guard;

/// <summary>A launched app that a page may want to reach. It keeps what has reached it. Knows nothing of being guarded.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> served = new();

    private Target()
    {
    }

    public LaunchHandle Handle { get; private set; } = null!;

    public int Port => this.Handle.Address.Port;

    /// <summary>The requests that have reached the app, without those for its icon.</summary>
    public IReadOnlyCollection<string> Served => [.. this.served.Where(request => !request.Contains("favicon", StringComparison.Ordinal))];

    public static async Task<Target> StartAsync(Action<LaunchOptions>? configure = null)
    {
        var target = new Target();
        target.Handle = await Launcher.For(target.Run, options =>
        {
            options.Name = "target";
            options.UseLoopback();
            configure?.Invoke(options);
        }).StartAsync();
        return target;
    }

    public ValueTask DisposeAsync() => this.Handle.DisposeAsync();

    private void Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(this.ServeAsync);
        app.Run();
    }

    private async Task ServeAsync(HttpContext context)
    {
        this.served.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync("secret"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, context.RequestAborted);
            return;
        }

        context.Response.ContentType = context.Request.Path.Value!.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html";
        await context.Response.WriteAsync(context.Response.ContentType is "text/javascript" ? "window.secret = 'secret';" : "<!DOCTYPE html><title>target</title><body>secret</body>");
    }
}
