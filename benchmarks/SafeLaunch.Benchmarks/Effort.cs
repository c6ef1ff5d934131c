using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace SafeLaunch.Benchmarks;

/// <summary>How much time the measurements may take.</summary>
public sealed record Effort(bool IsBrief)
{
    public Job Job => this.IsBrief
        ? Job.Default.WithWarmupCount(1).WithIterationCount(5).WithIterationTime(TimeInterval.FromMilliseconds(50))
        : Job.Default.WithWarmupCount(3).WithIterationCount(25).WithIterationTime(TimeInterval.FromMilliseconds(250));

    public int Rounds(int brief, int full) => this.IsBrief ? brief : full;
}
