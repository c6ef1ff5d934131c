using CoreProgram;
using Published;

using var log = new WarningLog();
Waits.Check(log);
Locks.Check(log);
await Launches.CheckAsync(log);
await Hosts.CheckAsync(log);
Checked.That(log.IsEmpty, "nothing is warned of");
Checked.That(!AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.FullName!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)), "ASP.NET Core is not loaded");
Checked.That(!Meters.Has("SafeLaunch"), "metrics and traces are switched off");
return Checked.Failures;
