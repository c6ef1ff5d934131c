using Quickstart;
using SafeLaunch;

Thread.CurrentThread.Name = "main";
var pause = TimeSpan.FromSeconds(2); // between two launches, for a person to see
var timeline = new Timeline();
var url = "http://127.0.0.1:0"; // a free port, which later launches take again
LaunchOutcome outcome;
bool hasEnded;

do
{
    // One line runs the page on a separate thread. This thread is free: it beats while the page starts, runs and stops.
    var start = Launcher.For(() => RunPage(timeline), options =>
    {
        options.Name = "page";
        options.HandleSignals = true;
        options.UseUrls(url);
        options.GuardAccess();
    }).StartAsync();
    using var handle = timeline.BeatUntil(start);

    timeline.Begin();
    Console.WriteLine(handle.Address);
    if (timeline.Launches.Count == 1)
    {
        Console.WriteLine("Open it and click; Ctrl+C ends it.");
        if (args.Contains("--open", StringComparer.Ordinal))
        {
            handle.OpenBrowser();
        }
    }

    url = handle.Address.ToString();
    hasEnded = timeline.BeatUntil(Task.WhenAny(handle.Completion, timeline.RelaunchIsWanted)) == handle.Completion;
    outcome = timeline.BeatUntil(handle.StopAsync());
    timeline.End(outcome);
    Console.WriteLine(outcome);
    if (!hasEnded)
    {
        timeline.BeatFor(pause);
    }
}
while (!hasEnded);

return outcome.IsSuccess ? 0 : 1;

// An everyday server, which knows nothing of being launched: it is built, and it blocks its thread until it ends.
static void RunPage(Timeline timeline)
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);

    var app = builder.Build();
    using var clicks = new ClickCounter();
    var thread = Environment.CurrentManagedThreadId;
    app.MapGet("/", () => Results.File(Path.Combine(AppContext.BaseDirectory, "Page.html"), "text/html"));
    app.MapGet("/state", () => new { timeline.Now, timeline.MainThread, timeline.BeatCount, timeline.Beats, timeline.Launches, PageThread = thread });
    app.MapPost("/click", clicks.AddAsync);
    app.MapPost("/relaunch", timeline.WantRelaunch);
    app.Run();
}
