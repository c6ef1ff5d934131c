using System.Security.Cryptography;
using System.Text;
using ToolProgram;

// A tool server whose tools order their work from the process that has started it, since only that one has the drawing.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<Orders>();
builder.Services.AddMcpServer().WithHttpTransport().WithTools<DrawingTools>();

var app = builder.Build();
var authorization = Encoding.UTF8.GetBytes($"Bearer {app.Configuration["Key"]}");
app.Use((context, next) =>
{
    if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), authorization))
    {
        return next(context);
    }

    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
    return Task.CompletedTask;
});
app.MapMcp("/mcp");
app.MapPost("/orders", async (HttpRequest request, Orders orders) =>
{
    using var answer = new StreamReader(request.Body);
    return await orders.NextAsync(await answer.ReadToEndAsync(request.HttpContext.RequestAborted), request.HttpContext.RequestAborted);
});
app.Run();
