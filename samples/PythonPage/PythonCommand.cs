using SafeLaunch;

namespace PythonPage;

/// <summary>Runs the page as a command, in a process of Python.</summary>
internal static class PythonCommand
{
    /// <param name="interpreter">The path of the program <c>python3</c>, whose packages are used.</param>
    public static Launcher CreateLauncher(string interpreter) =>
        Launcher.ForCommand(interpreter, [Path.Combine(AppContext.BaseDirectory, "page.py"), "0"], options => options.ReadyWhen(Ready.Output("(http://.+)")));
}
