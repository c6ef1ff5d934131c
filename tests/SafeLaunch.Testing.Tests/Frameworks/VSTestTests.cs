namespace SafeLaunch.Testing.Tests.Frameworks;

/// <summary>What the exit code of the process tells other runners, and VSTest has to be told by the result of a test.</summary>
[TestFixtureSource(typeof(TestProgram), nameof(TestProgram.UnderVSTest))]
[Parallelizable(ParallelScope.All)]
public sealed class VSTestTests(TestProgram program)
{
    [Test]
    public async Task A_server_per_test_that_crashed_fails_its_test_under_VSTest()
    {
        using var run = program.Run("CrashedServerPerTestTests");

        await CrashedServers.AssertAsync(run);
    }
}
