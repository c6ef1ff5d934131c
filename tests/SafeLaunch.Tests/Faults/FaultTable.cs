namespace SafeLaunch.Tests.Faults;

/// <summary>The tables of docs/reliability.md, as the rows of the matrix have them.</summary>
internal static class FaultTable
{
    public static void Check() => new DocPage("reliability.md").HasTable("fault matrix", Write());

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
        Fault.Hangs => "blocks, and ignores interrupts",
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
            (Left.LaunchHost, "the launch host"),
            (Left.AppHost, "the app host"),
            (Left.Server, "the server"),
        ];

        // A thread is left because of the code that it is in.
        var seen = left.HasFlag(Left.Thread) ? left & ~Left.Code : left;
        return left == Left.Nothing ? "nothing" : string.Join(", ", words.Where(word => seen.HasFlag(word.What)).Select(word => word.Text));
    }
}
