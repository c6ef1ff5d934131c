namespace McpServer;

/// <summary>An everyday server of the Model Context Protocol, which knows nothing of being launched: it blocks its thread until it ends.</summary>
internal static class ToolServer
{
    public static void Run(DrawingTools tools)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMcpServer().WithHttpTransport().WithTools(tools);

        var app = builder.Build();
        app.MapMcp("/mcp");
        app.Run();
    }
}
