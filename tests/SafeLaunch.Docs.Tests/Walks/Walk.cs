using System.Text;
using System.Text.RegularExpressions;

namespace SafeLaunch.Docs.Tests.Walks;

/// <summary>A page of docs/getting-started, as a script: its commands are run and its files are written, in the order of the page.</summary>
internal sealed class Walk
{
    private static readonly Regex Step = new(
        "(`(?<file>[^`\n]+)`, the whole of it:\n\n)?```(?<kind>\\w+)\n(?<text>.*?)\n```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        Gate.Patience);

    private readonly StringBuilder script = new("set -euo pipefail\n");
    private readonly List<string> expected = [];

    public Walk(string page)
    {
        foreach (Match step in Step.Matches(page))
        {
            this.Add(step.Groups["kind"].Value, step.Groups["file"].Value, step.Groups["text"].Value);
        }
    }

    /// <summary>Gets a script of bash for an empty folder.</summary>
    public string Script => this.script.ToString();

    /// <summary>Gets the lines that the page says are printed, each up to its ellipsis.</summary>
    public IReadOnlyList<string> Expected => this.expected;

    private void Add(string kind, string file, string text)
    {
        switch (kind, file)
        {
            case ("sh", ""):
                this.script.Append(text).Append('\n');
                break;
            case ("csharp", not ""):
                this.script.Append($"cat > {file} <<'END_OF_FILE'\n{text}\nEND_OF_FILE\n");
                break;
            case ("text", ""):
                this.expected.AddRange(text.Split('\n').Select(line => line.Split('…')[0]));
                break;
            default:
                throw new InvalidOperationException($"The walk has a step of the kind '{kind}' and the file '{file}'; it can have commands, whole files and printed lines.");
        }
    }
}
