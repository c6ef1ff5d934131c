using System.Globalization;

namespace SafeLaunch.Packages.Tests;

/// <summary>
/// All packages, made once for the tests from a copy of the sources, as they would be published. The analyzers of the build have no part in the packages, and take
/// much of its time.
/// </summary>
[SetUpFixture]
public sealed class Feed
{
    /// <summary>Gets a folder that no file of this repository is above: none of its settings reach the programs in it.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("SafeLaunch.Packages.").FullName;

    /// <summary>Gets the version of the packages. No other run has the same, so the packages that NuGet keeps are never those of an earlier run.</summary>
    public static string Version { get; } = "0.1.0-test." + DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Gets the copy of the sources.</summary>
    public static string Sources => PathOf("sources");

    /// <summary>Gets the names of all packages: each project of src that does not say otherwise.</summary>
    public static IEnumerable<string> Packages => Directory.EnumerateDirectories(Repository.PathOf("src"))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
        .Where(project => !File.ReadAllText(project).Contains("<IsPackable>false</IsPackable>", StringComparison.Ordinal))
        .Select(project => Path.GetFileNameWithoutExtension(project))
        .Order(StringComparer.Ordinal);

    private static string KeptPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The file of a package.</summary>
    public static string FileOf(string package, string extension = "nupkg") => PathOf("feed", $"{package}.{Version}.{extension}");

    [OneTimeSetUp]
    public async Task Pack()
    {
        await SourceCopy.MakeAsync(Sources);
        await Sdk.RunAsync(Sources, "git", "tag", "v" + Version);
        await Sdk.RunAsync(Sources, "dotnet", "pack", "SafeLaunch.Packages.slnf", "--configuration", "Release", "--output", PathOf("feed"), "-p:RunAnalyzers=false");
        await File.WriteAllTextAsync(PathOf("nuget.config"), """<configuration><packageSources><add key="feed" value="feed" /></packageSources></configuration>""");
        await Runtimes.MakeAsync(Folder);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        Directory.Delete(Folder, recursive: true);
        foreach (var package in Directory.EnumerateDirectories(KeptPackages, "safelaunch*").Select(package => Path.Combine(package, Version)).Where(Directory.Exists))
        {
            Directory.Delete(package, recursive: true);
        }
    }
}
