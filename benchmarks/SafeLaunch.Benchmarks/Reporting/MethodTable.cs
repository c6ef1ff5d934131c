using BenchmarkDotNet.Running;

namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>The methods of one class of benchmarks, compared to the first of them.</summary>
public static class MethodTable
{
    public static Table Of(string title, Figures figures, params (string Method, string Name)[] methods)
    {
        var table = new Table(title, "time", "ratio", "allocated", "ratio");
        var (time, allocated) = Measured(methods[0].Method);
        foreach (var (method, name) in methods)
        {
            var (itsTime, itsAllocated) = Measured(method);
            table.Add(name, Format.Nanoseconds(itsTime), Format.Ratio(itsTime / time), Format.Bytes(itsAllocated), Format.Ratio(itsAllocated / allocated));
        }

        return table;

        (double Time, double Allocated) Measured(string method) => (
            figures.Time(of => Is(of, method)),
            figures.Allocated(of => Is(of, method)));

        static bool Is(BenchmarkCase of, string method) => string.Equals(of.Descriptor.WorkloadMethod.Name, method, StringComparison.Ordinal);
    }
}
