namespace SafeLaunch.Runtime.Tests.Processes;

/// <summary>The program of tests/assets that launches something in a separate process.</summary>
internal static class ChildProgram
{
    private const string Project = "tests/assets/Programs/ChildProgram";

    /// <summary>Starts the program.</summary>
    /// <param name="mode">The launch to run.</param>
    /// <param name="environment">Variables that are added to its environment.</param>
    public static TestKit.ChildProcess Start(string mode, params (string Name, string Value)[] environment) => new(
        "dotnet",
        [Path.Combine(Repository.OutputOf(Project), "ChildProgram.dll"), mode],
        start => Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value));
}
