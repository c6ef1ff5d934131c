namespace SafeLaunch.Packages.Tests;

/// <summary>The release notes of versions that a changelog names.</summary>
public sealed class ReleaseNotesTests
{
    private const string Changelog = """
        # Changelog

        ## [Unreleased]

        - To come; 100% of $(it) and @(them)

        ## [1.2.3] - 2026-12-01

        - In 1.2.3

        ## [1.2.2] - 2026-11-01

        - In 1.2.2

        """;

    private static string Copy => Feed.PathOf("release notes");

    [OneTimeSetUp]
    public async Task CopyTheSources()
    {
        await SourceCopy.CloneAsync(Feed.Sources, Copy);
        await File.WriteAllTextAsync(Path.Combine(Copy, "CHANGELOG.md"), Changelog);
    }

    [TestCase("1.2.2", ExpectedResult = "- In 1.2.2")]
    [TestCase("1.2.3", ExpectedResult = "- In 1.2.3")]
    [TestCase("1.2.4-alpha.0.1", ExpectedResult = "- To come; 100% of $(it) and @(them)")]
    public async Task<string> The_release_notes_of_a_version_stand_under_its_heading_and_before_its_release_under_Unreleased(string version)
    {
        var notes = await Sdk.RunAsync(Copy, Path.Combine(Copy, "build", "release-notes"), version);
        return notes.Trim();
    }
}
