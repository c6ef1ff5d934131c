using System.Text;
using System.Xml.Linq;

namespace SafeLaunch.Packages.Tests;

/// <summary>The table of docs/packages.md, as the packages have it.</summary>
public sealed class PackageTableTests
{
    [Test]
    public void The_table_of_the_page_has_the_targets_and_the_dependencies_of_each_package()
    {
        var table = new StringBuilder("| package | for | targets | depends on |\n|---|---|---|---|\n");
        foreach (var package in Feed.Packages)
        {
            using var nupkg = new Nupkg(Feed.FileOf(package));
            var groups = Children(Children(nupkg.Metadata, "dependencies").SingleOrDefault(), "group").ToArray();
            var targets = string.Join(", ", groups.Select(TargetOf));
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{package}` | {nupkg["description"]} | {targets} | {string.Join("; ", DependenciesOf(groups))} |\n");
        }

        new DocPage("packages.md").HasTable("packages", table.ToString());
    }

    [Test]
    public void The_solution_filter_of_the_packages_has_each_package()
    {
        using var filter = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Repository.PathOf("SafeLaunch.Packages.slnf")));
        var projects = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(project => project.GetString());

        Assert.That(projects, Is.EquivalentTo(Feed.Packages.Select(package => $"src\\{package}\\{package}.csproj")));
    }

    /// <summary>Each dependency, and where the targets differ in it, the version of each.</summary>
    private static IEnumerable<string> DependenciesOf(XElement[] groups) => groups
        .SelectMany(group => Children(group, "dependency").Select(dependency => (Id: dependency.Attribute("id")!.Value, Version: dependency.Attribute("version")!.Value, Target: TargetOf(group))))
        .GroupBy(dependency => dependency.Id, StringComparer.Ordinal)
        .OrderByDescending(dependency => dependency.Key.StartsWith("SafeLaunch", StringComparison.Ordinal))
        .Select(dependency => dependency.Key.StartsWith("SafeLaunch", StringComparison.Ordinal) ? dependency.Key : $"{dependency.Key} {VersionsOf([.. dependency], groups.Length)}");

    private static string VersionsOf((string Id, string Version, string Target)[] dependency, int targets) =>
        dependency.Length == targets && dependency.Select(one => one.Version).Distinct(StringComparer.Ordinal).Count() == 1
            ? dependency[0].Version
            : string.Join(", ", dependency.GroupBy(one => one.Version, StringComparer.Ordinal).Select(same => $"{same.Key} ({string.Join(", ", same.Select(one => one.Target))})"));

    private static string TargetOf(XElement group) => group.Attribute("targetFramework")!.Value.Replace(".NETStandard", "netstandard", StringComparison.Ordinal);

    private static IEnumerable<XElement> Children(XElement? parent, string name) =>
        parent?.Elements().Where(element => element.Name.LocalName.Equals(name, StringComparison.Ordinal)) ?? [];
}
