using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SafeLaunch.Packages.Tests;

/// <summary>Runs the .NET SDK and git to their end.</summary>
internal static class Sdk
{
    /// <summary>Many times the usual time; packages may have to be downloaded.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The variable that overrides DOTNET_ROOT. "dotnet test" sets it for the process of the tests.</summary>
    private static readonly string RootOfArchitecture = "DOTNET_ROOT_" + RuntimeInformation.ProcessArchitecture.ToString().ToUpperInvariant();

    /// <summary>Runs a program, and fails the test where that program fails.</summary>
    /// <param name="folder">The current directory of the program. The settings above it are in force.</param>
    /// <param name="program">A name on the path, or a path.</param>
    /// <param name="arguments">The arguments of the program.</param>
    /// <returns>The output.</returns>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var run = await TryRunAsync(folder, program, arguments);
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        return run.Output;
    }

    /// <summary>Runs a program, however it ends.</summary>
    public static async Task<ChildProcessResult> TryRunAsync(string folder, string program, params string[] arguments)
    {
        using var child = new ChildProcess(program, arguments, start => Prepare(start, folder));
        return new(await child.ExitAsync(Patience), child.Output);
    }

    /// <summary>Sets the current directory, and the runtimes that programs find. No server of a build outlives the build.</summary>
    public static void Prepare(ProcessStartInfo start, string folder)
    {
        start.WorkingDirectory = folder;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (Runtimes.Root is { } root)
        {
            start.FileName = start.FileName is "dotnet" ? Path.Combine(root, "dotnet") : start.FileName;
            start.Environment["DOTNET_ROOT"] = root;
            start.Environment[RootOfArchitecture] = root;
            start.Environment["PATH"] = root + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        }
    }
}
