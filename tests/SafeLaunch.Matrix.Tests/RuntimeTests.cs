namespace SafeLaunch.Matrix.Tests;

/// <summary>The tests of other projects, on each runtime that SafeLaunch supports.</summary>
[NonParallelizable]
public sealed class RuntimeTests
{
    private const string Core = "SafeLaunch.Tests";
    private const string Web = "SafeLaunch.AspNetCore.Tests";
    private const string Browser = "SafeLaunch.Browser.Tests";

    /// <summary>What NuGet says where it reaches no feed.</summary>
    private const string NoFeed = "NU1301";

    [TestCase("8.0.34")]
    [TestCase("9.0.23")]
    [TestCase("10.0.15")]
    [TestCase("11.0.0")]
    public async Task The_core_tests_pass_on_a_runtime(string runtime)
    {
        var tests = await BuildAsync(Core, runtime);

        await PassAsync(tests.RunAsync());
        await PassAsync(tests.RunOptimizedAsync("FullyQualifiedName~RuntimeTableTests"));
    }

    [TestCase("8.0.34")]
    [TestCase("11.0.0")]
    public async Task The_web_tests_pass_on_a_runtime(string runtime)
    {
        var tests = await BuildAsync(Web, runtime);

        await PassAsync(tests.RunAsync());
    }

    // Without Blazor: a page that is built for .NET 10 does not find its script on .NET 11, launched or not.
    [TestCase("8.0.34")]
    [TestCase("11.0.0")]
    public async Task Clicks_in_a_browser_are_served_on_a_runtime(string runtime)
    {
        Tool.Browser.FindOrIgnore();
        var tests = await BuildAsync(Browser, runtime);

        await PassAsync(tests.RunAsync("FullyQualifiedName~SignalRTests"));
    }

    private static async Task<TestsOnRuntime> BuildAsync(string project, string runtime)
    {
        var tests = new TestsOnRuntime(project, runtime);
        var building = await tests.BuildAsync();
        if (building.Output.Contains(NoFeed, StringComparison.Ordinal))
        {
            Tool.Feed.Ignore($"The runtime {runtime} cannot be restored without a network.");
        }

        Assert.That(building.ExitCode, Is.Zero, building.Output);
        return tests;
    }

    private static async Task PassAsync(Task<ChildProcessResult> running)
    {
        var run = await running;
        Assert.That(run.ExitCode, Is.Zero, run.Output);

        // A run that was broken off exits with zero too, and has no summary.
        Assert.That(run.Output, Does.Contain("Test run summary: Passed!"));

        // In one line, so that it is not read as the summary of these tests.
        var summary = run.Output[run.Output.LastIndexOf("Test run summary", StringComparison.Ordinal)..];
        await TestContext.Out.WriteLineAsync(string.Join(' ', summary.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
