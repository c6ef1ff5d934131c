namespace SafeLaunch.Packages.Tests;

/// <summary>The comparison of public members with those of the last release.</summary>
public sealed class CompatibilityTests
{
    private const string Member = "public LaunchOutcome EnsureSuccess()";

    private static string Copy => Feed.PathOf("next release");

    [OneTimeSetUp]
    public async Task ChangeACopyAfterARelease()
    {
        await SourceCopy.CloneAsync(Feed.Sources, Copy);
        await SourceCopy.CommitAsync(Copy, "A change that users do not see");
    }

    [Test]
    public async Task A_version_that_lacks_a_public_member_of_the_last_release_fails_the_comparison()
    {
        var unchanged = await CompareAsync();
        Assert.That(unchanged.ExitCode, Is.Zero, unchanged.Output);
        Assert.That(unchanged.Output, Does.Contain($"v{Feed.Version}"));

        await ReplaceAsync("src/SafeLaunch/LaunchOutcome.cs", Member, Member.Replace("public", "internal", StringComparison.Ordinal));
        await ReplaceAsync("src/SafeLaunch/PublicAPI.Unshipped.txt", "SafeLaunch.LaunchOutcome.EnsureSuccess() -> SafeLaunch.LaunchOutcome!\n", "");
        await SourceCopy.CommitAsync(Copy, "A change that breaks programs");

        var changed = await CompareAsync();
        Assert.That(changed.ExitCode, Is.Not.Zero, changed.Output);
        Assert.That(changed.Output, Does.Contain("CP0002").And.Contain("SafeLaunch.LaunchOutcome.EnsureSuccess()"));
    }

    [Test]
    public async Task The_packages_have_all_public_members_of_the_last_release()
    {
        var comparison = await Sdk.TryRunAsync(Repository.Folder, Repository.PathOf("build", "compare-api"));

        Assert.That(comparison.ExitCode, Is.Zero, comparison.Output);
    }

    private static Task<ChildProcessResult> CompareAsync() => Sdk.TryRunAsync(Copy, Path.Combine(Copy, "build", "compare-api"), "src/SafeLaunch");

    private static async Task ReplaceAsync(string file, string text, string replacement)
    {
        var path = Path.Combine(Copy, file);
        var content = await File.ReadAllTextAsync(path);
        Assert.That(content, Does.Contain(text));
        await File.WriteAllTextAsync(path, content.Replace(text, replacement, StringComparison.Ordinal));
    }
}
