using Microsoft.Extensions.Logging;
using ParentProgram;
using SafeLaunch;

// Launches a child or a command, which says the number of its process, and waits until it is asked to stop or killed.
using var logs = LoggerFactory.Create(logging => logging.AddConsole().AddFilter((category, _) => category is not "Child"));
var launcher = args switch
{
    ["command"] => Launcher.ForCommand("sh", ["-c", "echo process $$; sleep 1000; true"], options => options.ReadyWhen(Ready.Output("process"))),
    ["logging"] => Launcher.For(ChildCode.LogMuch, options => options.LoggerFactory = logs).InChildProcess(),
    ["deaf"] => Launcher.For(ChildCode.BeDeaf, options => options.StopTimeout = TimeSpan.FromSeconds(1)).InChildProcess(),
    ["deaf options"] => Launcher.For(ChildCode.Wait, options => options.StopTimeout = TimeSpan.FromSeconds(1)).InChildProcess(child => child.ConfigureInChild(ChildCode.NeverConfigure)),
    _ => Launcher.For(ChildCode.Wait).InChildProcess(),
};
Console.WriteLine(launcher.Run());
