namespace SafeLaunch.Tests.Faults;

/// <summary>Every step of a launch, everything that can go wrong in it, and what comes of that. docs/reliability.md shows it.</summary>
internal static partial class FaultMatrix
{
    public static IReadOnlyList<(string Title, IReadOnlyList<FaultCase> Rows)> Parts { get; } =
    [
        ("Before it is ready", [.. Start()]),
        ("While it runs", [.. Run()]),
        ("While it stops", [.. Stop()]),
    ];

    public static IEnumerable<FaultCase> All => Parts.SelectMany(part => part.Rows);

    private static IEnumerable<FaultCase> On(string step, Action<FaultScene> arrange, params FaultExpectation[] expectations) =>
        expectations.Select(expectation => new FaultCase(step, arrange, expectation));
}
