using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;

namespace SafeLaunch.Interleavings.Tests;

/// <summary>Runs a test again and again, each time with its tasks taking turns in another order: at every access to their shared state.</summary>
internal static class Exploration
{
    private const string CountVariable = "SAFELAUNCH_INTERLEAVINGS";
    private const string SeedVariable = "SAFELAUNCH_SEED";

    private static readonly uint Count = Read(CountVariable) ?? 150;

    /// <summary>None may fail, nor leave a task waiting for good.</summary>
    public static void AllPass(Func<Task> test)
    {
        var (bug, seed) = FindBug(test);
        Assert.That(bug, Is.Null, $"Replay it with {SeedVariable}={seed} {CountVariable}={Count}.");
    }

    /// <summary>The fault of the first order that fails; null if none does.</summary>
    public static (string? Bug, uint Seed) FindBug(Func<Task> test)
    {
        var seed = Read(SeedVariable) ?? (uint)Environment.TickCount;
        var configuration = Configuration.Create()
            .WithTestingIterations(Count)
            .WithRandomGeneratorSeed(seed)
            .WithAtomicOperationRaceCheckingEnabled(true)
            .WithVolatileOperationRaceCheckingEnabled(true)
            .WithMaxSchedulingSteps(2_000)
            .WithTelemetryEnabled(false);
        using var engine = TestingEngine.Create(configuration, test);
        engine.Run();

        Assert.That(engine.TestReport.TotalControlledOperations, Is.Positive, "the assembly was not rewritten");
        return (engine.TestReport.NumOfFoundBugs == 0 ? null : string.Join(Environment.NewLine, engine.TestReport.BugReports), seed);
    }

    private static uint? Read(string variable) =>
        uint.TryParse(Environment.GetEnvironmentVariable(variable), out var value) ? value : null;
}
