using SafeLaunch.Benchmarks.Reporting;

namespace SafeLaunch.Benchmarks.Paired;

/// <summary>What the guard of a launched web server costs: the same launch without it, with it, and with a token that it requires.</summary>
public static class GuardCost
{
    private const string Ratio = "of without";

    private static readonly (string Name, Func<Task<RunningServer>> StartAsync)[] Ways =
    [
        ("without the guard", ServerStarts.OpenAsync),
        ("with the guard", ServerStarts.LaunchedAsync),
        ("with the guard and a token", ServerStarts.LaunchedWithTokenAsync),
    ];

    public static Task<Table> MeasureServingAsync(Effort effort) => Serving.CompareAsync(effort, Ratio, Ways);

    public static Task<Table> MeasureStartAsync(Effort effort) => WebStart.CompareAsync(effort, Ratio, Ways);
}
