namespace SafeLaunch.RuntimeTests;

/// <summary>The package of the core in programs for runtimes between its target frameworks.</summary>
[NonParallelizable]
[Category("Publish")]
public sealed class PackedProgramTests
{
    /// <summary>What NuGet says where it reaches no feed.</summary>
    private const string NoFeed = "NU1301";

    [TestCase("net8.0", "8.0.34", 8)]
    [TestCase("net9.0", "9.0.23", 9)]
    public async Task A_program_for_another_runtime_launches_with_the_package(string framework, string runtime, int major)
    {
        using var program = new PackedProgram();
        var building = await program.BuildAsync(framework, runtime);
        if (building.Output.Contains(NoFeed, StringComparison.Ordinal))
        {
            Tool.Feed.Ignore($"The runtime {runtime} cannot be restored without a network.");
        }

        Assert.That(building.ExitCode, Is.Zero, building.Output);

        var run = await program.RunAsync();
        Assert.That(run.Output.Trim(), Is.EqualTo($".NET {major}: served, on its thread: True, Stopped: It was asked to stop."));
        Assert.That(run.ExitCode, Is.Zero);
    }
}
