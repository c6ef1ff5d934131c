using PythonPage;

namespace SafeLaunch.Python.Tests;

/// <summary>Loads the interpreter of Python that has FastAPI and uvicorn, once for all tests.</summary>
[SetUpFixture]
public sealed class PythonOfTests
{
    private const string OfDebian = "/usr/bin/python3";

    /// <summary>The path of its program.</summary>
    public static string Interpreter { get; private set; } = OfDebian;

    [OneTimeSetUp]
    public async Task Load()
    {
        var interpreter = File.Exists(OfDebian) ? OfDebian : Tool.Python.FindOrIgnore();
        var import = await TestKit.ChildProcess.RunAsync(interpreter, ["-c", "import fastapi, uvicorn"], Gate.Patience);
        if (import.ExitCode != 0)
        {
            Tool.Python.Ignore($"{interpreter} has no FastAPI and uvicorn: {import.Output}");
        }

        PythonRuntime.Start(interpreter);
        Interpreter = interpreter;
    }
}
