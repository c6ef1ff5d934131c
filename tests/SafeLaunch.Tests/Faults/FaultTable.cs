namespace SafeLaunch.Tests.Faults;

/// <summary>The tables of docs/reliability.md, as the rows of the matrix have them.</summary>
internal static class FaultTable
{
    private const string WriteVariable = "SAFELAUNCH_WRITE_TABLES";
    private const string Begin = "<!-- fault matrix: begin -->\n";
    private const string End = "<!-- fault matrix: end -->\n";

    public static void Check()
    {
        var path = FindPage();
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        var table = Write();
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
        {
            File.WriteAllText(path, page[..begin] + table + page[end..]);
            return;
        }

        Assert.That(
            page[begin..end],
            Is.EqualTo(table),
            $"The page is not up to date. Rewrite it: {WriteVariable}=1 dotnet run --project tests/SafeLaunch.Tests -- --filter Name~The_table_of_the_page");
    }

    private static string Write() => string.Concat(FaultMatrix.Parts.Select(part =>
        $"""

        ### {part.Title}

        | step | what goes wrong | result | what it says | left |
        |---|---|---|---|---|
        {string.Join('\n', part.Rows.GroupBy(row => (row.Step, Result: Describe(row.Expectation))).Select(rows => Write(rows.Key.Step, rows, rows.Key.Result)))}

        """));

    private static string Write(string step, IEnumerable<FaultCase> rows, string result) =>
        $"| {step} | {string.Join("; ", rows.Select(row => Describe(row.Expectation.Fault)))} | {result} |";

    private static string Describe(FaultExpectation expected)
    {
        var kind = expected.Kind is { } outcome ? $"`{outcome}`" : "`Start` throws";
        var reason = expected.Reason is { } says ? $"; “… {says} …”" : "";
        return $"{kind} | {expected.Finding.Text}{reason} | {Describe(expected.Left)}";
    }

    private static string Describe(Fault fault) => fault switch
    {
        Fault.Throws => "throws",
        Fault.Cancels => "cancels itself",
        Fault.HangsUntilCancelled => "waits for its token to be cancelled",
        Fault.HangsUntilInterrupted => "blocks until interrupted",
        Fault.Hangs => "blocks, whatever comes",
        Fault.NeverEnds => "its task never ends",
        Fault.StartIsCancelled => "waits, and the start is cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, message: null),
    };

    private static string Describe(Left left)
    {
        (Left What, string Text)[] words =
        [
            (Left.Thread, "the thread in it"),
            (Left.Code, "it"),
            (Left.OwnHost, "the own host"),
            (Left.AppHost, "the launched host"),
            (Left.Server, "the server"),
        ];

        // A thread is left because of the code that it is in.
        var seen = left.HasFlag(Left.Thread) ? left & ~Left.Code : left;
        return left == Left.Nothing ? "nothing" : string.Join(", ", words.Where(word => seen.HasFlag(word.What)).Select(word => word.Text));
    }

    private static string FindPage()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "SafeLaunch.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory.FullName, "docs", "reliability.md");
    }
}
