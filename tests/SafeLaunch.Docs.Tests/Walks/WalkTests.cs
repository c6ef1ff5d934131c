using System.Diagnostics;

namespace SafeLaunch.Docs.Tests.Walks;

/// <summary>The first five minutes, walked as they stand in docs/getting-started, with the packages of this repository.</summary>
[Platform(Exclude = "Win", Reason = "The commands are run by bash.")]
public sealed class WalkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [TestCase("wrap.md")]
    [TestCase("fixture.md")]
    [TestCase("plugin.md")]
    public async Task A_walk_from_an_empty_folder_prints_the_lines_of_its_page_within_five_minutes(string page)
    {
        var walk = new Walk(new DocPage("getting-started/" + page).Text);
        var feed = await Release.FeedAsync();
        var folder = Directory.CreateTempSubdirectory("SafeLaunch-walk-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""<configuration><packageSources><add key="walk" value="{feed}" /></packageSources></configuration>""");
            await File.WriteAllTextAsync(Path.Combine(folder, "walk.sh"), walk.Script);
            var time = Stopwatch.StartNew();

            var result = await ChildProcess.RunAsync("bash", ["-c", $"cd '{folder}' && bash walk.sh"], Limit, start => LeadPackagesTo(start, Path.Combine(folder, "packages")));

            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(walk.Expected, Is.Not.Empty.And.All.Matches<string>(line => result.Output.Contains(line, StringComparison.Ordinal)), result.Output);
            await TestContext.Out.WriteLineAsync($"Walked in {time.Elapsed.TotalSeconds:F0} s.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Lets a walk extract the packages of this repository into a separate folder, since each run packs the same version of them. It reads all
    /// others where the machine has them.
    /// </summary>
    private static void LeadPackagesTo(ProcessStartInfo start, string folder)
    {
        start.Environment["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["NUGET_PACKAGES"] = folder;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
    }
}
