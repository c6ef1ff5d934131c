using System.Text.RegularExpressions;

namespace SafeLaunch.TestKit;

/// <summary>A page of docs/. Its snippets are code that tests run, and its tables are written by tests.</summary>
internal sealed class DocPage
{
    private const string WriteVariable = "SAFELAUNCH_WRITE_TABLES";

    private readonly string path;

    /// <param name="name">The file name, such as "wrapping.md".</param>
    public DocPage(string name)
    {
        this.path = Repository.PathOf("docs", name);
        this.Text = Read(this.path);
    }

    /// <summary>Gets the page, with a line feed at the end of each line.</summary>
    public string Text { get; }

    /// <summary>Fails the test unless each snippet stands in one of the source files, but for its indentation.</summary>
    /// <param name="atLeast">How many snippets the page has at the least.</param>
    /// <param name="sources">Paths of files, from the root of the repository.</param>
    public void HasOnlySnippetsOf(int atLeast, params string[] sources)
    {
        var code = sources.Select(source => WithoutIndentation(Read(Repository.PathOf(source)))).ToArray();
        var snippets = Regex.Matches(this.Text, "```(csharp|xml|python)\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, Gate.Patience)
            .Cast<Match>()
            .Select(snippet => WithoutIndentation(snippet.Groups["code"].Value))
            .ToArray();

        Assert.That(snippets, Has.Length.GreaterThanOrEqualTo(atLeast));
        Assert.That(snippets.Where(snippet => !code.Any(text => text.Contains(snippet, StringComparison.Ordinal))), Is.Empty);
    }

    /// <summary>Fails the test unless the table between two comments of the page is up to date, or rewrites the table if the environment asks for that.</summary>
    /// <param name="name">The name in the comments: "&lt;!-- NAME: begin --&gt;" and "&lt;!-- NAME: end --&gt;".</param>
    /// <param name="table">The table as it has to be.</param>
    public void HasTable(string name, string table)
    {
        var beginMark = $"<!-- {name}: begin -->\n";
        var begin = this.Text.IndexOf(beginMark, StringComparison.Ordinal) + beginMark.Length;
        var end = this.Text.IndexOf($"<!-- {name}: end -->\n", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
        {
            File.WriteAllText(this.path, this.Text[..begin] + table + this.Text[end..]);
            return;
        }

        Assert.That(
            this.Text[begin..end],
            Is.EqualTo(table),
            $"The page {this.path} is not up to date. To rewrite its table, run this test again with the environment variable {WriteVariable}=1.");
    }

    /// <summary>Fails the test unless a cell of a table has a text, or rewrites the cell if the environment asks for that.</summary>
    /// <param name="row">The first cell of its row.</param>
    /// <param name="column">The title of its column.</param>
    /// <param name="text">The text that the cell has to have.</param>
    public void HasCell(string row, string column, string text)
    {
        var (lines, line, cell) = this.Find(row, column);
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
        {
            lines[line][cell] = $" {text} ";
            File.WriteAllText(this.path, string.Join("\n", lines.Select(cells => string.Join("|", cells))));
            return;
        }

        Assert.That(
            CellIn(lines[line], cell),
            Is.EqualTo(text),
            $"The page {this.path} is not up to date: {row}, {column}. To rewrite the cell, run this test again with the environment variable {WriteVariable}=1.");
    }

    /// <summary>The text of a cell of a table.</summary>
    /// <param name="row">The first cell of its row.</param>
    /// <param name="column">The title of its column.</param>
    public string CellOf(string row, string column)
    {
        var (lines, line, cell) = this.Find(row, column);
        return CellIn(lines[line], cell);
    }

    /// <summary>The first cells of the rows of a table.</summary>
    /// <param name="title">The title of the first column.</param>
    public IEnumerable<string> RowsOf(string title) => this.Text.Split('\n')
        .SkipWhile(line => !CellIn(line.Split('|'), 1).Equals(title, StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line is ['|', ..])
        .Select(line => CellIn(line.Split('|'), 1));

    private (string[][] Lines, int Line, int Cell) Find(string row, string column)
    {
        var lines = Read(this.path).Split('\n').Select(line => line.Split('|')).ToArray();
        var line = Array.FindIndex(lines, cells => CellIn(cells, 1).Equals(row, StringComparison.Ordinal));
        Assert.That(line, Is.Not.Negative, $"No table of the page {this.path} has the row '{row}'.");
        var titles = lines[Array.FindLastIndex(lines, line, cells => CellIn(cells, 1).Equals("---", StringComparison.Ordinal)) - 1];
        var cell = Array.FindIndex(titles, title => title.Trim().Equals(column, StringComparison.Ordinal));
        Assert.That(cell, Is.Not.Negative, $"The table of the page {this.path} with the row '{row}' has no column '{column}'.");
        return (lines, line, cell);
    }

    private static string CellIn(string[] line, int index) => index < line.Length ? line[index].Trim() : "";

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string WithoutIndentation(string text) =>
        string.Join("\n", text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
