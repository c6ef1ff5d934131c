using System.Runtime.InteropServices;

namespace SafeLaunch.Matrix.Tests;

/// <summary>A test project of this repository, built for another runtime together with all that it refers to, and with that runtime beside it.</summary>
/// <param name="project">Its name.</param>
/// <param name="runtime">The version of the runtime.</param>
internal sealed class TestsOnRuntime(string project, string runtime)
{
    /// <summary>Many times the usual time; the runtime may have to be downloaded.</summary>
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(10);

    /// <summary>The build for .NET 8 runs on .NET 8 and 9, the build for .NET 10 on .NET 10 and 11.</summary>
    private string Framework => Version.Parse(runtime).Major < 10 ? "net8.0" : "net10.0";

    private string Output => Repository.PathOf("tests", project, "bin", runtime, Repository.Configuration, this.Framework);

    public Task<ChildProcessResult> BuildAsync() => ChildProcess.RunAsync(
        "dotnet",
        [
            "build", Repository.PathOf("tests", project), "--configuration", Repository.Configuration, "--runtime", RuntimeInformation.RuntimeIdentifier, "--self-contained",
            $"-p:TestedFramework={this.Framework}", $"-p:TestedRuntime={runtime}", $"-p:RuntimeFrameworkVersion={runtime}", "-nodeReuse:false", "-verbosity:quiet", "-nologo",
        ],
        BuildTime);

    /// <summary>Runs all tests.</summary>
    public Task<ChildProcessResult> RunAsync() => this.RunAsync([]);

    /// <summary>Runs some of the tests.</summary>
    /// <param name="filter">Which tests.</param>
    public Task<ChildProcessResult> RunAsync(string filter) => this.RunAsync(["--filter", filter]);

    /// <summary>Runs some of the tests in a process in which all code is optimized from its first call on, and none is precompiled.</summary>
    /// <param name="filter">Which tests.</param>
    public Task<ChildProcessResult> RunOptimizedAsync(string filter) =>
        this.RunAsync(["--filter", filter], ("DOTNET_TieredCompilation", "0"), ("DOTNET_ReadyToRun", "0"));

    private Task<ChildProcessResult> RunAsync(string[] arguments, params (string Name, string Value)[] variables) => ChildProcess.RunAsync(
        Path.Combine(this.Output, project),
        ["--no-ansi", "--progress", "off", .. arguments],
        RunTime,
        start => Array.ForEach(variables, variable => start.Environment[variable.Name] = variable.Value));
}
