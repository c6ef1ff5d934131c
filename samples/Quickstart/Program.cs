using Quickstart;
using SafeLaunch;

Thread.CurrentThread.Name = "main";

// One line runs the page on a separate thread; this thread goes on as soon as the page can be visited.
using var handle = Launcher.Start(RunPage, new LaunchOptions { Name = "page", HandleSignals = true }.UseLoopback());

Console.WriteLine(handle.Address);
Console.WriteLine("Open it and click; Ctrl+C ends it.");

for (var beat = 1; !handle.Completion.Wait(TimeSpan.FromSeconds(2)); beat++)
{
    if (beat <= 3)
    {
        Console.WriteLine($"Heartbeat {beat} of thread '{Thread.CurrentThread.Name}' ({Environment.CurrentManagedThreadId}).");
    }
}

var outcome = handle.Stop();
Console.WriteLine(outcome);
return outcome.Kind is LaunchOutcomeKind.Stopped or LaunchOutcomeKind.Returned ? 0 : 1;

// An everyday server, which knows nothing of being launched: it is built, and it blocks its thread until it ends.
static void RunPage()
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);

    var app = builder.Build();
    using var clicks = new ClickCounter();
    app.MapGet("/", () => Results.File(Path.Combine(AppContext.BaseDirectory, "Page.html"), "text/html"));
    app.MapPost("/click", clicks.AddAsync);
    app.Run();
}
