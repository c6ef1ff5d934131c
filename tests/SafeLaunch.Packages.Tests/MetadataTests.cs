using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SafeLaunch.Packages.Tests;

/// <summary>What a feed shows of each package.</summary>
[TestFixtureSource(typeof(Feed), nameof(Feed.Packages))]
public sealed partial class MetadataTests(string package)
{
    private readonly Nupkg nupkg = new(Feed.FileOf(package));

    private static XElement Properties => XDocument.Load(Repository.PathOf("src", "Directory.Build.props")).Root!;

    private static string ProjectPage => Properties.Descendants("RepositoryUrl").Single().Value;

    [OneTimeTearDown]
    public void Close() => this.nupkg.Dispose();

    [Test]
    public async Task A_package_names_the_project_page_the_commit_and_the_version_of_the_tag()
    {
        var repository = this.nupkg.Element("repository")!;

        Assert.That(this.nupkg["version"], Is.EqualTo(Feed.Version));
        Assert.That(this.nupkg["projectUrl"], Is.EqualTo(ProjectPage));
        Assert.That(repository.Attribute("url")?.Value, Is.EqualTo(ProjectPage));
        Assert.That(repository.Attribute("commit")?.Value, Is.EqualTo((await Sdk.RunAsync(Feed.Sources, "git", "rev-parse", "HEAD")).Trim()));
    }

    [Test]
    public void A_package_has_a_license_an_icon_a_readme_tags_and_a_description_of_its_own()
    {
        Assert.That(this.nupkg["license"], Is.EqualTo("MIT"));
        Assert.That(this.nupkg.Names, Does.Contain(this.nupkg["icon"]).And.Contain(this.nupkg["readme"]));
        Assert.That(this.nupkg["description"], Is.Not.Empty.And.Not.EqualTo("Package Description"));
        Assert.That(this.nupkg["tags"], Is.Not.Empty);
        Assert.That(this.nupkg.ReadText("README.md"), Does.StartWith($"# {package}\n"));
    }

    [Test]
    public void The_release_notes_of_a_package_are_the_changes_that_the_changelog_has_for_its_version()
    {
        var changelog = File.ReadAllText(Repository.PathOf("CHANGELOG.md")).ReplaceLineEndings("\n");
        var unreleased = changelog.Split("\n## ")[1];

        Assert.That(unreleased, Does.StartWith("[Unreleased]"));
        Assert.That(this.nupkg["releaseNotes"]!.ReplaceLineEndings("\n"), Is.EqualTo(unreleased["[Unreleased]".Length..].Trim()));
    }

    [Test]
    public void Each_link_of_a_readme_leads_to_a_file_at_the_project_page()
    {
        var page = ProjectPage + "/blob/main/";
        var links = Link().Matches(this.nupkg.ReadText("README.md")).Select(link => link.Groups["to"].Value).ToArray();

        Assert.That(links, Is.Not.Empty.And.All.StartWith(page));
        Assert.That(links.Select(link => Repository.PathOf(link[page.Length..].Split('#')[0])), Is.All.Exist);
    }

    [Test]
    public void Each_snippet_of_a_readme_stands_in_a_page_of_docs_whose_snippets_are_tested()
    {
        var docs = Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").SelectMany(page => SnippetsOf(File.ReadAllText(page))).ToArray();

        Assert.That(SnippetsOf(this.nupkg.ReadText("README.md")), Is.All.Matches<string>(snippet => docs.Any(known => known.Contains(snippet, StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"\]\((?<to>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Snippet();

    private static IEnumerable<string> SnippetsOf(string page) => Snippet().Matches(page.ReplaceLineEndings("\n")).Select(snippet => snippet.Groups["code"].Value);
}
