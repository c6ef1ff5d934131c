using Desktop;
using SafeLaunch;

// The page is a program for .NET 10, which this process of .NET Framework cannot load. A child process runs it.
var launcher = ChildProcess.ForProgram(
    Path.Combine(AppDomain.CurrentDomain.BaseDirectory, "page", "DesktopPage.dll"),
    options => options.Name = "page",
    child => child.UseLoopback = true);

Application.EnableVisualStyles();
using var window = new ServerWindow(launcher);
Application.Run(window);
