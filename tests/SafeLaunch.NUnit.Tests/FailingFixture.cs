namespace SafeLaunch.NUnit.Tests;

/// <summary>The test program whose fixtures fail.</summary>
internal static class FailingFixture
{
    /// <summary>Runs one fixture of the program as a separate process.</summary>
    public static ChildProcess Run(string fixture) =>
        ChildProcess.OfProject("tests/assets/Programs/FailingFixtures", "--filter", $"FullyQualifiedName~{fixture}", "--no-ansi");
}
