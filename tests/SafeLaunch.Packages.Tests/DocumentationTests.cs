using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SafeLaunch.Packages.Tests;

/// <summary>The documentation that an editor shows to users of a package.</summary>
public sealed partial class DocumentationTests
{
    private static IEnumerable<string> Documented => Feed.Packages.Where(package => !package.Equals("SafeLaunch.Templates", StringComparison.Ordinal));

    [Test]
    public void The_documentation_of_a_package_has_all_of_its_public_types_and_none_of_its_internal_ones([ValueSource(nameof(Documented))] string package)
    {
        using var nupkg = new Nupkg(Feed.FileOf(package));
        var assemblies = nupkg.Names.Where(name => name.StartsWith("lib/", StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal)).ToArray();

        Assert.That(assemblies, Is.Not.Empty);
        foreach (var assembly in assemblies)
        {
            using var file = new PEReader(nupkg.Open(assembly));
            var documented = XDocument.Parse(nupkg.ReadText(Path.ChangeExtension(assembly, ".xml"))).Descendants("member").Select(member => member.Attribute("name")!.Value).ToArray();
            var types = PublicTypesOf(file.GetMetadataReader()).ToArray();

            Assert.That(documented.Where(id => id.StartsWith("T:", StringComparison.Ordinal)).Select(id => id[2..]), Is.EquivalentTo(types), assembly);
            Assert.That(documented.Where(id => !id.StartsWith("T:", StringComparison.Ordinal)).Select(TypeOf).Distinct(StringComparer.Ordinal), Is.SubsetOf(types), assembly);
        }
    }

    [Test]
    public void The_documentation_of_a_package_has_no_member_that_is_internal_in_a_public_type()
    {
        using var nupkg = new Nupkg(Feed.FileOf("SafeLaunch"));
        var documentation = nupkg.ReadText("lib/net10.0/SafeLaunch.xml");

        Assert.That(documentation, Does.Contain("\"M:SafeLaunch.LaunchHandle.RequestStop\""));
        Assert.That(documentation, Does.Not.Contain("M:SafeLaunch.LaunchHandle.#ctor"));
    }

    /// <summary>The type in the identifier of a member. A member of an extension block is one of the class around it.</summary>
    private static string TypeOf(string id)
    {
        var name = Parameters().Replace(id[2..], "");
        return name[..name.LastIndexOf('.')];
    }

    [GeneratedRegex(@"(\(.*|(?<=\.)<.*>\$?[^.]*\.)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Parameters();

    private static IEnumerable<string> PublicTypesOf(MetadataReader reader) => reader.TypeDefinitions
        .Select(reader.GetTypeDefinition)
        .Where(type => type.Attributes.HasFlag(System.Reflection.TypeAttributes.Public) && type.GetDeclaringType().IsNil)
        .Select(type => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}");
}
