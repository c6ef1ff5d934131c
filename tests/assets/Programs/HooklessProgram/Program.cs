using SafeLaunch;

// Launches a child process of itself. With the variable it has the line that a program without startup hooks needs.
if (Environment.GetEnvironmentVariable("HOOKLESS_REMEDY") is "1")
{
    ChildProcess.RunIfChild();
}

try
{
    using var handle = Launcher.For(context =>
    {
        context.SignalReady();
        context.Stopping.WaitHandle.WaitOne();
    }).InChildProcess().Start();
    Console.WriteLine(handle.Stop());
    return 0;
}
catch (LaunchException e)
{
    Console.WriteLine(e.Message);
    return 1;
}
