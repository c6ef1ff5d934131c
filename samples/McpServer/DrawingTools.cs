using System.ComponentModel;
using ModelContextProtocol.Server;

namespace McpServer;

/// <summary>The tools that an assistant can call. Made on the main thread; each call comes on a thread of the pool and runs on the main thread.</summary>
[McpServerToolType]
internal sealed class DrawingTools(Drawing drawing)
{
    private readonly TaskScheduler mainThread = TaskScheduler.FromCurrentSynchronizationContext();

    [McpServerTool(Name = "add_wall")]
    [Description("Adds a wall to the drawing.")]
    public Task<string> AddWallAsync([Description("The length of the wall in metres.")] double length, CancellationToken cancellationToken) =>
        this.InvokeAsync(() => drawing.AddWall(length), cancellationToken);

    [McpServerTool(Name = "count_walls", ReadOnly = true)]
    [Description("Counts the walls of the drawing.")]
    public Task<int> CountWallsAsync(CancellationToken cancellationToken) => this.InvokeAsync(drawing.CountWalls, cancellationToken);

    private Task<T> InvokeAsync<T>(Func<T> function, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(function, cancellationToken, TaskCreationOptions.DenyChildAttach, this.mainThread);
}
