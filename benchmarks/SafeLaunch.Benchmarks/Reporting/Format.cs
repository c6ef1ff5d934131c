using System.Globalization;

namespace SafeLaunch.Benchmarks.Reporting;

public static class Format
{
    public static string Ratio(double value) => value < 10 ? Invariant($"{value:0.00}") : Invariant($"{value:0.0}");

    /// <summary>For a ratio near 1 whose target is nearer to 1 than <see cref="Ratio"/> could show.</summary>
    public static string FineRatio(double value) => Invariant($"{value:0.000}");

    public static string Number(double value) => Invariant($"{value:#,0}");

    public static string Nanoseconds(double value) => value < 1000 ? Invariant($"{value:0} ns") : Microseconds(value / 1000);

    public static string Microseconds(double value) => value < 1000 ? Invariant($"{value:0.0} µs") : Milliseconds(value / 1000);

    public static string Milliseconds(double value) => Invariant($"{value:0.00} ms");

    public static string Bytes(double value) => value < 1024 ? Invariant($"{value:0} B") : Kilobytes(value);

    public static string Kilobytes(double bytes) => Invariant($"{bytes / 1024:#,0.0} KB");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
