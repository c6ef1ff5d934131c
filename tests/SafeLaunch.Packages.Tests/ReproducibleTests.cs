using System.Security.Cryptography;

namespace SafeLaunch.Packages.Tests;

/// <summary>The packages, made again in another folder.</summary>
public sealed class ReproducibleTests
{
    private static readonly string[] Again = ["SafeLaunch.NUnit", "SafeLaunch", "SafeLaunch.AspNetCore", "SafeLaunch.Testing", "SafeLaunch.Hosting", "SafeLaunch.Processes"];

    private static string Other => Feed.PathOf("another folder", "sources");

    /// <summary>
    /// Makes them by another compiler process than the first time, since the SDK lies in another folder, too. There a hash table has another order.
    /// </summary>
    [OneTimeSetUp]
    public async Task PackAgain()
    {
        Directory.CreateDirectory(Feed.PathOf("another folder"));
        await SourceCopy.CloneAsync(Feed.Sources, Other);
        foreach (var package in Again)
        {
            await Sdk.RunAsync(Other, "dotnet", "pack", $"src/{package}", "--output", Feed.PathOf("feed again"), "-p:RunAnalyzers=false");
        }
    }

    [Test]
    public void The_same_sources_in_another_folder_make_the_same_bytes([ValueSource(nameof(Again))] string package, [Values("nupkg", "snupkg")] string extension)
    {
        var first = Feed.FileOf(package, extension);
        var again = Feed.PathOf("feed again", Path.GetFileName(first));
        using var firstFiles = new Nupkg(first);
        using var filesAgain = new Nupkg(again);

        Assert.That(filesAgain.Checksums, Is.EqualTo(firstFiles.Checksums));
        Assert.That(HashOf(again), Is.EqualTo(HashOf(first)));
    }

    [Test]
    public void To_pack_one_package_restores_no_benchmark_and_no_test()
    {
        var restored = Directory.EnumerateFiles(Other, "project.assets.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Other, Path.GetFullPath(Path.Combine(file, "..", ".."))).Replace('\\', '/'));

        Assert.That(restored, Is.SupersetOf(Again.Select(package => $"src/{package}")).And.All.StartWith("src/"));
    }

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
