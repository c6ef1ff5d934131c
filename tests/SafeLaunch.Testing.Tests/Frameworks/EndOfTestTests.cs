namespace SafeLaunch.Testing.Tests.Frameworks;

/// <summary>When a test ends for its servers, where frameworks differ.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EndOfTestTests
{
    private const string Ended = "the test has ended";
    private const string EndedAsFailed = "the test has ended as failed";
    private static readonly TestProgram[] MSTestPrograms = [Find("MSTestTests"), Find("MSTestTests") with { Name = "MSTestNewestTests" }];
    private static readonly TestProgram[] XunitPrograms = [Find("XunitTests"), Find("XunitV3Tests")];

    [TestCaseSource(nameof(MSTestPrograms))]
    public async Task Tests_of_MSTest_that_take_too_long_are_ended(TestProgram program)
    {
        using var run = program.Run("TimedOutTests");

        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero, run.Process.Output);
        Assert.That(run.Report, Is.EqualTo(new[] { EndedAsFailed, EndedAsFailed }));
    }

    [Test]
    public async Task A_test_of_xUnit_2_that_is_skipped_while_it_runs_is_ended()
    {
        using var run = Find("XunitTests").Run("SkippedTests");

        Assert.That(await run.Process.ExitAsync(), Is.Zero, run.Process.Output);
        Assert.That(run.Report, Is.EqualTo(new[] { Ended }));
    }

    [TestCaseSource(nameof(XunitPrograms))]
    public async Task A_test_of_xUnit_whose_class_cannot_be_made_is_ended(TestProgram program)
    {
        using var run = program.Run("FailingConstructorTests");

        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero, run.Process.Output);
        Assert.That(run.Report, Is.EqualTo(new[] { EndedAsFailed }));
    }

    [TestCaseSource(nameof(XunitPrograms))]
    public async Task The_server_of_a_test_of_xUnit_runs_until_the_class_has_been_disposed_of(TestProgram program)
    {
        using var run = program.Run("DisposingTests");

        Assert.That(await run.Process.ExitAsync(), Is.Zero, run.Process.Output);
        Assert.That(run.Report, Has.Length.EqualTo(3));
        Assert.That(run.Report[1], Is.EqualTo(run.Report[0]), "the same address");
        Assert.That(run.Report[2], Is.EqualTo("the server has stopped"));
    }

    [Test]
    public async Task The_class_of_a_test_of_TUnit_gets_no_second_server_when_it_is_disposed_of_after_the_end()
    {
        using var run = Find("TUnitTests").Run("DisposingTests");

        Assert.That(await run.Process.ExitAsync(), Is.Zero, run.Process.Output);
        Assert.That(run.Report, Is.EqualTo(new[] { "the server has stopped", "no server any more" }));
    }

    private static TestProgram Find(string name) => TestProgram.All.Single(program => string.Equals(program.Name, name, StringComparison.Ordinal));
}
