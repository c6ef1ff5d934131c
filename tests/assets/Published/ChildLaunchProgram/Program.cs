using System.Globalization;
using ChildLaunchProgram;
using Published;
using SafeLaunch;

var shop = Launcher.For(Shop.Run, options => options.UseLoopback().GuardAccess(guard => guard.RequireToken = true).Name = "shop");
var broken = Launcher.For(Shop.Fail, options => options.Name = "broken");

// In its child processes, the program goes no further.
ChildProcess.RunIfChild(shop, broken);

await using (var handle = await shop.InChildProcess().StartAsync())
{
    using var client = handle.CreateClient();
    var process = int.Parse(await client.GetStringAsync("/process"), CultureInfo.InvariantCulture);
    Checked.That(process != Environment.ProcessId, $"another process answers: {process}, not {Environment.ProcessId}");

    var outcome = await handle.StopAsync();
    Checked.That(outcome.Kind == LaunchOutcomeKind.Stopped, $"it is stopped: {outcome}");
}

try
{
    await using var handle = await broken.InChildProcess().StartAsync();
    Checked.That(false, "a child that throws fails the start");
}
catch (ChildException e)
{
    Checked.That(e.Message is "System.InvalidOperationException: The shop is closed.", $"a child that throws fails the start with its exception: {e.Message}");
}

try
{
    await using var handle = await Launcher.For(Shop.Fail, options => options.Name = "unknown").InChildProcess().StartAsync();
    Checked.That(false, "a launcher that the child does not have fails the start");
}
catch (Exception e) when (e is LaunchException or ChildException)
{
    Checked.That(e.Message.Contains("RunIfChild", StringComparison.Ordinal) || e.Message.Contains("The shop is closed.", StringComparison.Ordinal), $"a launcher that RunIfChild was not given is found by reflection, or the error says the remedy: {e.Message}");
}

return Checked.Failures;
