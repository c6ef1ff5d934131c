using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Playwright.Tests;

/// <summary>An app whose page opens a WebSocket, prints to its console, and asks for something that is not there.</summary>
internal static class TalkingShop
{
    private const string Page = """
        <!DOCTYPE html>
        <title>shop</title>
        <body>
        <script>
          console.error('The page complains.');
          const socket = new WebSocket(`ws://${location.host}/socket/${location.hash.substring(1)}`);
          socket.onclose = () => document.body.append('closed');
        </script>
        """;

    public static void Run()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        var app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/", () => Results.Content(Page, "text/html"));
        app.MapGet("/log/{text}", (string text) => app.Logger.LogInformation("Asked for {Text}.", text));
        app.Map("/socket/{text}", async (HttpContext context, string text) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            app.Logger.LogInformation("Socket for {Text}.", text);
            await socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, statusDescription: null, context.RequestAborted);
        });
        app.Run();
    }
}
