namespace SafeLaunch.RuntimeTests;

/// <summary>Processes without ASP.NET Core, and without .NET.</summary>
public sealed class OtherRuntimeTests
{
    /// <summary>Several times the usual time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Test]
    public async Task The_core_launches_in_a_process_without_the_ASP_NET_Core_framework()
    {
        var program = BuiltProgram("PublishedPrograms/CoreProgram", "net10.0", "CoreProgram.dll");
        Assert.That(await File.ReadAllTextAsync(Path.ChangeExtension(program, "runtimeconfig.json")), Does.Not.Contain("AspNetCore"));

        var run = await Command.RunAsync("dotnet", [program], Patience);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Contain("yes: ASP.NET Core is not loaded"));
    }

    [Test]
    public async Task The_core_tests_pass_with_the_netstandard_build_under_Mono()
    {
        Tool.Mono.IgnoreIfMissing();

        var run = await Command.RunAsync("mono", [BuiltProgram("SafeLaunch.Tests.NetFramework", "net48", "SafeLaunch.Tests.NetFramework.exe")], Patience);

        var lines = run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var counts = lines.LastOrDefault() ?? "";
        await TestContext.Out.WriteLineAsync(counts);
        var fromFirstFailure = lines.SkipWhile(line => !line.StartsWith("Failed ", StringComparison.Ordinal));
        Assert.That(counts, Does.Match("^passed [1-9][0-9]*, failed 0,"), string.Join('\n', fromFirstFailure));
    }

    /// <summary>Built beside these tests, in the same configuration.</summary>
    private static string BuiltProgram(string folder, string framework, string file)
    {
        var tests = AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("SafeLaunch.RuntimeTests", StringComparison.Ordinal)];
        return Path.Combine(tests, folder, "bin", PublishedProgram.Configuration, framework, file);
    }
}
