using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>What one class of benchmarks has measured.</summary>
public sealed class Figures(Summary summary)
{
    /// <summary>The median, in nanoseconds for one operation.</summary>
    public double Time(Func<BenchmarkCase, bool> which) => this.Find(which).ResultStatistics!.Median;

    /// <summary>In bytes for one operation.</summary>
    public double Allocated(Func<BenchmarkCase, bool> which)
    {
        var report = this.Find(which);
        return report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
    }

    private BenchmarkReport Find(Func<BenchmarkCase, bool> which) => summary.Reports.Single(report => which(report.BenchmarkCase));
}
