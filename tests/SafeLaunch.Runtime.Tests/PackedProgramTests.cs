namespace SafeLaunch.Runtime.Tests;

/// <summary>Packages in programs for runtimes between its target frameworks.</summary>
[NonParallelizable]
[Category("Publish")]
public sealed class PackedProgramTests
{
    /// <summary>What NuGet says where it reaches no feed.</summary>
    private const string NoFeed = "NU1301";

    private const string Launching = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using SafeLaunch;

        await using var handle = await Launcher.For(() =>
        {
            using var host = new HostBuilder().ConfigureServices(services => services.AddSingleton("served")).Build();
            host.Run();
        }).StartAsync();
        var thread = await handle.InvokeAsync(() => Environment.CurrentManagedThreadId);
        var threadAfterAwait = await handle.InvokeAsync(async () =>
        {
            await Task.Yield();
            return Environment.CurrentManagedThreadId;
        });
        var service = handle.Services.GetRequiredService<string>();
        var outcome = await handle.StopAsync();
        Console.WriteLine($".NET {Environment.Version.Major}: {service}, on its thread: {thread == threadAfterAwait}, {outcome}");
        """;

    private const string Waiting = """
        using Microsoft.Extensions.Hosting;

        Console.WriteLine($".NET {Environment.Version.Major}");
        new HostBuilder().Build().Run();
        """;

    [TestCase("net8.0", "8.0.34", 8)]
    [TestCase("net9.0", "9.0.23", 9)]
    public async Task A_program_for_another_runtime_launches_with_the_package(string framework, string runtime, int major)
    {
        using var program = new PackedProgram(Launching, "SafeLaunch");
        await BuildAsync(program, framework, runtime);

        var run = await program.RunAsync();
        Assert.That(run.Output.Trim(), Is.EqualTo($".NET {major}: served, on its thread: True, Stopped: It was asked to stop."));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_self_contained_program_of_NET_8_is_launched_in_a_child_process_of_this_newer_one()
    {
        using var program = new PackedProgram(Waiting, "SafeLaunch", "SafeLaunch.Processes");
        await BuildAsync(program, "net8.0", "8.0.34");
        using var log = new LogRecorder();

        await using var handle = await SafeLaunch.ChildProcess.ForProgram(program.Executable, options => options.LoggerFactory = log.Factory).StartAsync();

        var outcome = await handle.StopAsync();
        Assert.That(outcome.Kind, Is.EqualTo(LaunchOutcomeKind.Stopped), outcome.ToString());
        Assert.That(log.All.Select(entry => entry.Message), Has.Member(".NET 8"));
        Assert.That(log.All.Select(entry => entry.Category), Has.Member("Microsoft.Hosting.Lifetime"));
    }

    [Test]
    public async Task A_program_with_the_package_is_analyzed()
    {
        using var program = new PackedProgram("""
            using SafeLaunch;

            _ = Launcher.For(() => { }).StartAsync();
            """, "SafeLaunch");

        Assert.That((await RestoreAndBuildAsync(program, "net8.0", "8.0.34")).Output, Does.Contain("SL0005"));
    }

    private static async Task BuildAsync(PackedProgram program, string framework, string runtime)
    {
        var building = await RestoreAndBuildAsync(program, framework, runtime);
        Assert.That(building.ExitCode, Is.Zero, building.Output);
    }

    private static async Task<ChildProcessResult> RestoreAndBuildAsync(PackedProgram program, string framework, string runtime)
    {
        var building = await program.BuildAsync(framework, runtime);
        if (building.Output.Contains(NoFeed, StringComparison.Ordinal))
        {
            Tool.Feed.Ignore($"The runtime {runtime} cannot be restored without a network.");
        }

        return building;
    }
}
