namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>What a number of launches at once costs.</summary>
/// <param name="Launches">How many of them.</param>
/// <param name="Start">What starting them all takes, in milliseconds.</param>
/// <param name="Stop">What stopping them all takes, in milliseconds.</param>
public sealed record Cost(int Launches, double Start, double Stop);
