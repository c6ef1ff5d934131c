using System.Reflection;
using System.Text.RegularExpressions;

namespace SafeLaunch.NUnitTests;

public sealed class SnippetTests
{
    private const string Page = "testing.md";

    private static readonly Assembly Here = typeof(SnippetTests).Assembly;

    private static readonly string[] Sources =
        [.. Here.GetManifestResourceNames().Where(name => name.EndsWith(".cs", StringComparison.Ordinal)).Select(name => Lines(Read(name)))];

    /// <summary>Compiled and run: here, or by the test project of the framework that it is for.</summary>
    [Test]
    public void Every_snippet_of_the_page_is_in_a_test()
    {
        var snippets = Regex.Matches(Read(Page), "```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, Gate.Patience);

        Assert.That(snippets, Has.Count.GreaterThan(6));
        foreach (Match snippet in snippets)
        {
            var code = Lines(snippet.Groups["code"].Value);
            Assert.That(Sources.Any(source => source.Contains(code, StringComparison.Ordinal)), Is.True, code);
        }
    }

    [Test]
    public void Every_claim_of_the_table_names_a_test_that_is_there()
    {
        var claimed = Regex.Matches(Read(Page), "`(?<test>[A-Z][a-z]+_\\w+)`", RegexOptions.ExplicitCapture, Gate.Patience)
            .Select(match => match.Groups["test"].Value);
        var tests = Here.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(NUnitAttribute))).Select(method => method.Name);

        Assert.That(claimed, Is.Not.Empty.And.SubsetOf(tests));
    }

    // Free of indentation, which differs.
    private static string Lines(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
