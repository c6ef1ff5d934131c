namespace SafeLaunch.Runtime.Tests;

/// <summary>Processes without ASP.NET Core, and without .NET.</summary>
public sealed class OtherRuntimeTests
{
    /// <summary>Several times the usual time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Test]
    public async Task The_core_launches_in_a_process_without_the_ASP_NET_Core_framework()
    {
        var program = Path.Combine(Repository.OutputOf("tests/assets/Published/CoreProgram"), "CoreProgram.dll");
        Assert.That(await File.ReadAllTextAsync(Path.ChangeExtension(program, "runtimeconfig.json")), Does.Not.Contain("AspNetCore"));

        var run = await TestKit.ChildProcess.RunAsync("dotnet", [program], Patience);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("yes: ASP.NET Core is not loaded"));
    }

    [Test]
    public async Task The_core_tests_pass_with_the_netstandard_build_under_Mono()
    {
        var tests = Path.Combine(Repository.OutputOf("tests/assets/NetFrameworkTests", "net48"), "NetFrameworkTests.exe");

        var run = await TestKit.ChildProcess.RunAsync(Tool.Mono.FindOrIgnore(), [tests], Patience);
        if (run.ExitCode == -1)
        {
            await TestContext.Out.WriteLineAsync($"The run hung. It ended with: {string.Join('\n', run.Output.Split('\n').TakeLast(20))}");
        }

        var lines = run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var counts = lines.LastOrDefault() ?? "";
        await TestContext.Out.WriteLineAsync(counts);
        var fromFirstFailure = lines.SkipWhile(line => !line.StartsWith("Failed ", StringComparison.Ordinal));
        Assert.That(counts, Does.Match("^passed [1-9][0-9]*, failed 0,"), string.Join('\n', fromFirstFailure));
    }
}
