using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using SafeLaunch;

// The page runs on a separate thread. This one goes on as soon as the page can be visited.
await using var handle = await Launcher.For(RunPage, options =>
{
    options.Name = "page";
    options.HandleSignals = true;
    options.UseLoopback();
}).StartAsync();

Console.WriteLine($"The page is at {handle.Address}");
Console.WriteLine("Ctrl+C ends the program.");

// Here is the place for the work of this program. The page ends when it is asked to, or by an error.
var outcome = await handle.Completion;
Console.WriteLine(outcome);
return outcome.IsSuccess ? 0 : 1;

// An everyday server: it blocks its thread until it ends, and knows nothing of the launch.
static void RunPage()
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);

    var app = builder.Build();
    app.MapGet("/", () => "Hello from Console1");
    app.Run();
}
