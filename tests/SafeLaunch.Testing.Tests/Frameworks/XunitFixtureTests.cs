namespace SafeLaunch.Testing.Tests.Frameworks;

/// <summary>The tests of docs/testing.md for xUnit 2, which only VSTest runs.</summary>
public sealed class XunitFixtureTests
{
    [Test]
    public async Task A_fixture_that_xUnit_2_makes_and_disposes_of_has_a_server()
    {
        using var run = TestProgram.All.Single(program => program.IsRunByVSTest).Run("ShopTests");

        Assert.That(await run.Process.ExitAsync(), Is.Zero, run.Process.Output);
        Assert.That(run.Process.Output, Does.Contain("Passed:     1"));
    }
}
