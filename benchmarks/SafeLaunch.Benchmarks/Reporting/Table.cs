namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>A table in Markdown. Its first column is named, the others hold figures.</summary>
public sealed class Table(params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => this.rows.Add(cells);

    public override string ToString()
    {
        var rule = string.Join('|', columns.Select((_, i) => i == 0 ? "---" : "---:"));
        return string.Join('\n', [Row(columns), $"|{rule}|", .. this.rows.Select(Row)]);
    }

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
