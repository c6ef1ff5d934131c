namespace SafeLaunch.Hosting.Tests;

/// <summary>The program of tests/assets that is a service in a separate process.</summary>
internal static class ServiceProcess
{
    private const string Project = "tests/assets/Programs/ServiceProgram";

    /// <summary>Starts the program.</summary>
    /// <param name="mode">How it runs its launch: "run", "supervised", "host", or "early host", whose launch starts before all services.</param>
    /// <param name="environment">Variables that are added to its environment.</param>
    public static ChildProcess Start(string mode, params (string Name, string Value)[] environment) => new(
        "dotnet",
        [Path.Combine(Repository.OutputOf(Project), "ServiceProgram.dll"), mode],
        start => Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value));
}
