using PythonPage;
using SafeLaunch;

// The page of page.py: as a command, or inside of this process without the argument "command".
const string Python = "/usr/bin/python3";
var launcher = args is ["command"] ? PythonCommand.CreateLauncher(Python) : CreateLauncherInProcess();
await using var handle = await launcher.StartAsync();

Console.WriteLine(handle.Address);
Console.WriteLine("Open it and click; Enter ends it.");
Console.ReadLine();
var outcome = await handle.StopAsync();
Console.WriteLine(outcome);
return outcome.IsSuccess ? 0 : 1;

static Launcher CreateLauncherInProcess()
{
    PythonRuntime.Start(Python);
    return Launcher.For(PythonServer.Run);
}
