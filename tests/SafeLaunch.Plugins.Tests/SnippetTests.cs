using System.Reflection;
using System.Text.RegularExpressions;

namespace SafeLaunch.Plugins.Tests;

/// <summary>The page for plugin authors shows code that is built and run here.</summary>
public sealed class SnippetTests
{
    private const string Page = "plugins.md";

    [Test]
    public void Every_snippet_is_code_of_the_samples_or_of_the_plugins_of_these_tests()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var code = string.Join('\n', assembly.GetManifestResourceNames().Where(name => name is not Page).Select(Lines));
        var snippets = Regex.Matches(Lines(Page), "```(csharp|xml)\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, Gate.Patience);

        Assert.That(snippets, Is.Not.Empty);
        Assert.That(snippets.Select(snippet => snippet.Groups["code"].Value), Is.All.Matches<string>(code.Contains));

        // Free of indentation, which differs.
        string Lines(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            return string.Join('\n', reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
