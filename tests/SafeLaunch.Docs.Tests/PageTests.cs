using System.Text.RegularExpressions;

namespace SafeLaunch.Docs.Tests;

/// <summary>The pages of the repository as they are, before any site is made of them.</summary>
public sealed class PageTests
{
    private static readonly Regex Fence = new("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline, Gate.Patience);
    private static readonly Regex Link = new(@"\]\((?<path>[^()#\s]*)(#(?<place>[^()\s]+))?\)", RegexOptions.ExplicitCapture, Gate.Patience);
    private static readonly Regex Heading = new(@"^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, Gate.Patience);
    private static readonly Regex Dropped = new(@"[^\w\- ]", RegexOptions.None, Gate.Patience);

    private static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Repository.Folder, "*.md")
            .Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Folder, path));

    [TestCaseSource(nameof(Pages))]
    public void Every_link_of_a_page_to_this_repository_leads_to_a_file_and_to_a_heading(string page)
    {
        var dead = Link.Matches(Fence.Replace(Read(page), ""))
            .Select(link => (Path: link.Groups["path"].Value, Place: link.Groups["place"].Value))
            .Where(link => !link.Path.Contains("://", StringComparison.Ordinal) && !IsThere(page, link.Path, link.Place));

        Assert.That(dead, Is.Empty);
    }

    [Test]
    public void The_README_has_fewer_than_150_lines() =>
        Assert.That(Read("README.md").Split('\n'), Has.Length.LessThan(150));

    [Test]
    public void The_site_has_the_reference_of_each_package_with_public_members()
    {
        var site = File.ReadAllText(Repository.PathOf("docfx.json"));

        var missing = Directory.EnumerateFiles(Repository.PathOf("src"), "PublicAPI.Unshipped.txt", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => !line.StartsWith('#')))
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)))
            .Where(project => !site.Contains($"/{project}.dll\"", StringComparison.Ordinal));

        Assert.That(missing, Is.Empty);
    }

    private static bool IsThere(string page, string path, string place)
    {
        var target = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);
        return (File.Exists(Repository.PathOf(target)) || Directory.Exists(Repository.PathOf(target)))
            && (place.Length == 0 || Heading.Matches(Fence.Replace(Read(target), "")).Any(heading => NameOf(heading.Groups["text"].Value).Equals(place, StringComparison.Ordinal)));
    }

    /// <summary>The name that GitHub gives a heading.</summary>
#pragma warning disable CA1308 // GitHub's names have lower case.
    private static string NameOf(string heading) => Dropped.Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');
#pragma warning restore CA1308

    private static string Read(string page) => File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n");
}
