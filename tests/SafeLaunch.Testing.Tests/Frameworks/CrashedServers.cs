namespace SafeLaunch.Testing.Tests.Frameworks;

internal static class CrashedServers
{
    /// <summary>Expects that the test whose server has crashed is counted as failed, with the reason.</summary>
    public static async Task AssertAsync(TestProgramRun run)
    {
        Assert.That(await run.Process.ExitAsync(), Is.Not.Zero);
        Assert.That(
            run.FailureOf("A_test_whose_server_has_crashed"),
            Does.Match(@"Launch 'ShopProgram' has ended, on thread \d+\. Crashed: .*\(Out of stock\.\)"));
    }
}
