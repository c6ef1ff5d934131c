using System.Diagnostics;

namespace SafeLaunch.Docs.Tests;

/// <summary>The packages and the site, made once in a run by the commands that people and the workflows use.</summary>
internal static class Release
{
    /// <summary>Higher than any that is published, so that <c>dotnet add package</c> finds these.</summary>
    private const string Version = "9999.1.0";

    /// <summary>Many times the usual time.</summary>
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(10);

    // No node of a build outlives its command.
    private static readonly Action<ProcessStartInfo> Alone = start => start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

    // These tests do not run in parallel.
    private static Task<string>? site;
    private static Task<string>? feed;

    /// <summary>The folder of the site.</summary>
    public static Task<string> SiteAsync() => site ??= BuildSiteAsync();

    /// <summary>The folder of a feed with all packages.</summary>
    public static Task<string> FeedAsync() => feed ??= PackFeedAsync();

    private static async Task<string> BuildSiteAsync()
    {
        await RunAsync("bash", Repository.PathOf(".ci/site"));
        return Repository.PathOf("artifacts/site");
    }

    private static async Task<string> PackFeedAsync()
    {
        await SiteAsync(); // It has built the packages.
        var folder = Repository.PathOf("artifacts/feed");
        await RunAsync("dotnet", "pack", Repository.PathOf("SafeLaunch.Packages.slnf"), "--no-build", "-c", "Release", "--artifacts-path", Repository.PathOf("artifacts/build"), "-o", folder, $"-p:Version={Version}", $"-p:MinVerVersionOverride={Version}");
        return folder;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var result = await ChildProcess.RunAsync(program, arguments, BuildTime, Alone);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
    }
}
