using System.Runtime.InteropServices;

namespace SafeLaunch.Packages.Tests;

/// <summary>A folder of .NET with the SDK of this machine and, beside its runtimes, the runtime of .NET 8 from the feed.</summary>
internal static class Runtimes
{
    private const string Version = "8.0.34";

    /// <summary>The SDK starts test programs with the runtimes beside it, and so cannot be a link.</summary>
    private static readonly string[] Copied = ["host", "sdk"];

    private static readonly string[] Linked = ["packs", "sdk-manifests", "templates"];

    /// <summary>Gets the folder; null until it is made, or where the feed does not have the runtime.</summary>
    public static string? Root { get; private set; }

    private static string Installed => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Makes the folder from the installed runtimes.</summary>
    public static async Task MakeAsync(string folder)
    {
        var packs = Directory.CreateDirectory(Path.Combine(folder, "Runtime8")).FullName;
        await File.WriteAllTextAsync(Path.Combine(packs, "Runtime8.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>true</SelfContained>
                <RuntimeFrameworkVersion>{Version}</RuntimeFrameworkVersion>
                <RestorePackagesPath>packages</RestorePackagesPath>
                <CheckEolTargetFramework>false</CheckEolTargetFramework>
              </PropertyGroup>
            </Project>
            """);
        var restoring = await Sdk.TryRunAsync(packs, "dotnet", "restore");
        if (restoring.ExitCode != 0)
        {
            return;
        }

        var root = Directory.CreateDirectory(Path.Combine(folder, "dotnet")).FullName;
        File.Copy(Path.Combine(Installed, "dotnet"), Path.Combine(root, "dotnet"));
        foreach (var file in Copied.SelectMany(name => Directory.EnumerateFiles(Path.Combine(Installed, name), "*", SearchOption.AllDirectories)))
        {
            var copy = Path.Combine(root, Path.GetRelativePath(Installed, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var name in Linked.Where(name => Directory.Exists(Path.Combine(Installed, name))))
        {
            Directory.CreateSymbolicLink(Path.Combine(root, name), Path.Combine(Installed, name));
        }

        foreach (var framework in Directory.EnumerateDirectories(Path.Combine(Installed, "shared")))
        {
            var target = Directory.CreateDirectory(Path.Combine(root, "shared", Path.GetFileName(framework))).FullName;
            foreach (var version in Directory.EnumerateDirectories(framework))
            {
                Directory.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(version)), version);
            }

            CopyPack(Path.Combine(packs, "packages"), Path.GetFileName(framework), Path.Combine(target, Version));
        }

        Root = root;
    }

    private static void CopyPack(string packages, string framework, string target)
    {
        var name = $"{framework}.Runtime.{RuntimeInformation.RuntimeIdentifier}";
        if (Directory.EnumerateDirectories(packages).SingleOrDefault(folder => name.Equals(Path.GetFileName(folder), StringComparison.OrdinalIgnoreCase)) is not { } pack)
        {
            return;
        }

        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(pack, Version, "runtimes", RuntimeInformation.RuntimeIdentifier), "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }
    }
}
