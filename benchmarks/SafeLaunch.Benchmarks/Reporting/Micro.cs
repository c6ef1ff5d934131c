using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace SafeLaunch.Benchmarks.Reporting;

/// <summary>Runs classes of benchmarks.</summary>
public sealed class Micro(IConfig config)
{
    public Figures Run<TBenchmarks>() => new(BenchmarkRunner.Run<TBenchmarks>(config));
}
