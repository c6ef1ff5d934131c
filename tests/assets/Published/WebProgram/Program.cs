using System.Net;
using SafeLaunch;
using Published;

using var handle = Launcher.For(RunApp, options => options.UseLoopback()).Start();
Checked.That(handle.Address is { Host: "127.0.0.1", Port: not (0 or 5000) }, $"a web app is moved to a free port: {handle.Address}");

using var client = handle.CreateClient();
Checked.That(await client.GetStringAsync("/") is "Hello", "it answers");
using var missing = await client.GetAsync(new Uri("/none", UriKind.Relative));
Checked.That(missing.StatusCode == HttpStatusCode.NotFound, "it knows what it does not have");

var outcome = handle.Stop();
Checked.That(outcome.Kind == LaunchOutcomeKind.Stopped, $"it is stopped: {outcome}");
Checked.That(Meters.Has("SafeLaunch"), "metrics are there for listeners");
return Checked.Failures;

static void RunApp()
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    var app = builder.Build();
    app.MapGet("/", () => "Hello");
    app.Run();
}
