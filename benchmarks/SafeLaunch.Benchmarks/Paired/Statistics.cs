namespace SafeLaunch.Benchmarks.Paired;

public static class Statistics
{
    public static double Median(IEnumerable<double> values) => Percentile([.. values.Order()], 50);

    /// <param name="sorted">In ascending order.</param>
    /// <param name="percent">0 to 100.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double percent)
    {
        var position = percent / 100 * (sorted.Count - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (position - below));
    }
}
