namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>docs/performance.md: its prose is written by hand, and each of its tables stands between two comments that name it.</summary>
public sealed class PerformancePage(string path)
{
    private string text = File.ReadAllText(path);

    public void Replace(string name, string content)
    {
        var begin = $"<!-- {name} -->";
        var end = $"<!-- /{name} -->";
        var from = this.text.IndexOf(begin, StringComparison.Ordinal);
        var to = this.text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{path} has no place for '{name}'. Put '{begin}' and '{end}' where it belongs.");
        }

        this.text = $"{this.text[..(from + begin.Length)]}\n{content}\n{this.text[to..]}";
    }

    public void Save() => File.WriteAllText(path, this.text);
}
