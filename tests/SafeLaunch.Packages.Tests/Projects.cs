using System.Text.RegularExpressions;

namespace SafeLaunch.Packages.Tests;

/// <summary>Projects in folders of the feed, as users make them.</summary>
internal static partial class Projects
{
    /// <summary>Gets the frameworks that programs with the packages are built for, and run on.</summary>
    public static IEnumerable<string> Frameworks => ["net10.0", "net8.0"];

    /// <summary>The template and the package in a text such as "console with SafeLaunch".</summary>
    public static (string Template, string Package) PartsOf(string combination)
    {
        var parts = combination.Split(" with ");
        return (parts[0], parts[1]);
    }

    /// <summary>A name for the project that uses a package. No part of it is a namespace of the packages.</summary>
    public static string NameOf(string package, string framework) => $"{package.Replace(".", "", StringComparison.Ordinal)}.{framework}";

    /// <summary>Makes a project from a template of the SDK, for a framework that the template itself may not offer.</summary>
    /// <returns>The folder of the project.</returns>
    public static async Task<string> MakeAsync(string template, string name, string framework)
    {
        var folder = Feed.PathOf(name);
        var made = await Sdk.TryRunAsync(Feed.Folder, "dotnet", "new", template, "--name", name, "--output", folder, "--no-restore", "--no-update-check");
        if (made.ExitCode != 0)
        {
            Tool.Templates.Ignore($"The template '{template}' cannot be made: {made.Output}");
        }

        var project = ProjectOf(folder);
        await File.WriteAllTextAsync(project, Target().Replace(await File.ReadAllTextAsync(project), $"<TargetFramework>{framework}</TargetFramework>"));
        return folder;
    }

    /// <summary>Replaces all code of a project by one file.</summary>
    public static async Task WriteCodeAsync(string folder, string code)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs"))
        {
            File.Delete(file);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "Code.cs"), code);
    }

    /// <summary>Adds lines to the project file of a folder.</summary>
    public static async Task AddAsync(string folder, string lines)
    {
        var project = ProjectOf(folder);
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("</Project>", lines + "</Project>", StringComparison.Ordinal));
    }

    /// <summary>A reference to a package of the feed.</summary>
    public static string Reference(string package) => $"""<ItemGroup><PackageReference Include="{package}" Version="{Feed.Version}" /></ItemGroup>""";

    /// <summary>A reference to another project, by its folder.</summary>
    public static string ReferenceTo(string folder) => $"""<ItemGroup><ProjectReference Include="{ProjectOf(folder)}" /></ItemGroup>""";

    /// <summary>Runs the tests of a project.</summary>
    /// <returns>How many have passed.</returns>
    public static async Task<string> TestAsync(string folder)
    {
        var output = await Sdk.RunAsync(folder, "dotnet", "test");
        return Passed().Match(output) is { Success: true } match ? match.Groups["count"].Value : output;
    }

    [GeneratedRegex("<TargetFramework>.*</TargetFramework>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Target();

    /// <summary>The last line of VSTest, and that of Microsoft.Testing.Platform.</summary>
    [GeneratedRegex(@"(Passed:|succeeded:) +(?<count>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Passed();

    /// <summary>Ignores a test for .NET 8 where there is no such runtime.</summary>
    public static void IgnoreWithoutRuntimeFor(string framework)
    {
        if (Runtimes.Root is null && framework.Equals("net8.0", StringComparison.Ordinal))
        {
            Tool.Feed.Ignore("The runtime of .NET 8 cannot be restored without a network.");
        }
    }

    private static string ProjectOf(string folder) => Directory.EnumerateFiles(folder, "*.csproj").Single();
}
