using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SafeLaunch.Analyzers.Tests;

/// <summary>Each rule has an id, a page, a help link and a row in the release file. The code of the pages is analyzed.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class RulePageTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(LaunchRule).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LaunchRule)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static IEnumerable<DiagnosticDescriptor> Rules => Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal);

    private static IEnumerable<string> Ids => Rules.Select(rule => rule.Id);

    [Test]
    public void Each_id_has_one_analyzer()
    {
        var ids = typeof(DiagnosticIds).GetFields().Select(field => field.GetRawConstantValue()).OfType<string>().Where(id => id.StartsWith("SL", StringComparison.Ordinal));
        Assert.That(Ids, Is.EqualTo(ids));
    }

    [Test]
    public void Each_analyzer_is_found_by_the_compiler() =>
        Assert.That(Analyzers.Where(analyzer => analyzer.GetType().GetCustomAttribute<DiagnosticAnalyzerAttribute>() is null), Is.Empty);

    [Test]
    public void The_analyzers_load_nothing_that_the_compiler_of_the_NET_8_SDK_does_not_have()
    {
        var references = typeof(LaunchRule).Assembly.GetReferencedAssemblies();
        Assert.That(references.Select(reference => reference.Name), Is.SubsetOf(["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable"]));
        Assert.That(references.Single(reference => reference.Name is "Microsoft.CodeAnalysis").Version, Is.EqualTo(new Version(4, 8, 0, 0)));
    }

    [TestCaseSource(nameof(Ids))]
    public void The_help_link_of_a_rule_is_its_page(string id)
    {
        Assert.That(Rule(id).HelpLinkUri, Is.EqualTo($"https://github.com/safelaunch/SafeLaunch/blob/main/docs/rules/{id}.md"));
        Assert.That(Repository.PathOf("docs", "rules", $"{id}.md"), Does.Exist);
    }

    [TestCaseSource(nameof(Ids))]
    public void The_page_of_a_rule_says_its_title_and_when_to_suppress_it(string id)
    {
        var page = new DocPage($"rules/{id}.md").Text;
        Assert.That(page, Does.StartWith($"# {id}: {Rule(id).Title}\n"));
        Assert.That(page, Does.Contain("\n## When to suppress it\n"));
    }

    [TestCaseSource(nameof(Ids))]
    public async Task The_bad_code_of_a_page_is_reported_by_its_rule(string id)
    {
        var diagnostics = await AnalyzedCode.DiagnosticsOf(AnalyzedCode.FileWith(Snippet(id, "Bad")), Analyzers);
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Is.Not.Empty.And.All.EqualTo(id));
    }

    [TestCaseSource(nameof(Ids))]
    public async Task The_good_code_of_a_page_is_reported_by_no_rule(string id) =>
        Assert.That(await AnalyzedCode.DiagnosticsOf(AnalyzedCode.FileWith(Snippet(id, "Good")), Analyzers), Is.Empty);

    [Test]
    public void The_release_file_has_each_rule()
    {
        var release = File.ReadAllText(Repository.PathOf("src/SafeLaunch.Analyzers/AnalyzerReleases.Unshipped.md"));
        var rows = ReleaseRow().Matches(release).Select(row => (row.Groups["id"].Value, row.Groups["severity"].Value));
        Assert.That(rows, Is.EqualTo(Rules.Select(rule => (rule.Id, rule.DefaultSeverity.ToString()))));
    }

    [Test]
    public void The_index_has_each_rule() => new DocPage("rules/README.md").HasTable("rules", string.Concat(
        Rules.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity} |\n").Prepend("| Rule | | Severity |\n|---|---|---|\n")));

    private static DiagnosticDescriptor Rule(string id) => Rules.Single(rule => string.Equals(rule.Id, id, StringComparison.Ordinal));

    private static string Snippet(string id, string heading)
    {
        var page = new DocPage($"rules/{id}.md").Text;
        var match = Regex.Match(page, $"\n## {heading}\n.*?```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, Gate.Patience);
        Assert.That(match.Success, $"The page of {id} has no code under '{heading}'.");
        return match.Groups["code"].Value;
    }

    [GeneratedRegex(@"^(?<id>SL\d{4}) \| SafeLaunch \| (?<severity>\w+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ReleaseRow();
}
