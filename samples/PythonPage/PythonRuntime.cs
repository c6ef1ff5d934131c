using System.Diagnostics;
using Python.Runtime;

namespace PythonPage;

/// <summary>The interpreter of Python, which a process has once.</summary>
internal static class PythonRuntime
{
    private const string FindLibrary = "import os, sysconfig; print(os.path.join(sysconfig.get_config_var('LIBDIR'), sysconfig.get_config_var('INSTSONAME')))";

    /// <summary>Loads it. The caller's thread is the main thread of Python from now on.</summary>
    /// <param name="interpreter">The path of the program <c>python3</c>, whose packages are used.</param>
    public static void Start(string interpreter)
    {
        Runtime.PythonDLL = Ask(interpreter, FindLibrary);

        // Otherwise Python looks for its packages beside the python3 that comes first on the PATH.
        PythonEngine.ProgramName = interpreter;
        RuntimeData.FormatterType = typeof(NoopFormatter);
        PythonEngine.Initialize();
        using (Py.GIL())
        {
            // Python takes the thread that imports it first for the main thread, where uvicorn would handle the signals of the process.
            using var threading = Py.Import("threading");
            using var path = Py.Import("sys").GetAttr("path");
            using var folder = AppContext.BaseDirectory.ToPython();
            path.InvokeMethod("append", folder).Dispose();
        }

        PythonEngine.BeginAllowThreads();
    }

    private static string Ask(string interpreter, string question)
    {
        using var process = Process.Start(new ProcessStartInfo(interpreter, ["-c", question]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return answer;
    }
}
