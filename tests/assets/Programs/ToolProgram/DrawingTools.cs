using System.ComponentModel;
using System.Globalization;
using ModelContextProtocol.Server;

namespace ToolProgram;

/// <summary>The tools that an assistant can call.</summary>
[McpServerToolType]
internal sealed class DrawingTools(Orders orders)
{
    [McpServerTool(Name = "add_wall")]
    [Description("Adds a wall to the drawing.")]
    public Task<string> AddWallAsync([Description("The length of the wall in metres.")] double length, CancellationToken cancellationToken) =>
        orders.PlaceAsync(length.ToString(CultureInfo.InvariantCulture), cancellationToken);
}
