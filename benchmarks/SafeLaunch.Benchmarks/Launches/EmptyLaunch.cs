using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Hosting;
using Nito.AsyncEx;

namespace SafeLaunch.Benchmarks.Launches;

/// <summary>Start and stop of a launch that does nothing, and the same by hand: a thread with a context, and an empty host on it.</summary>
public class EmptyLaunch
{
    [Benchmark(Baseline = true)]
    public void ByHand()
    {
        using var thread = new AsyncContextThread();
        var host = thread.Factory.Run(async () =>
        {
            var built = Host.CreateEmptyApplicationBuilder(settings: null).Build();
            await built.StartAsync();
            return built;
        }).GetAwaiter().GetResult();
        thread.Factory.Run(async () =>
        {
            await host.StopAsync();
            host.Dispose();
        }).GetAwaiter().GetResult();
        thread.Join();
    }

    [Benchmark]
    public void Launch()
    {
        using var handle = Launcher.For(() => { }).Start();
        handle.Stop();
    }

    [Benchmark]
    public void LaunchWithOwnHost()
    {
        using var handle = Launcher.For(() => { }, options => options.ConfigureLaunchHost(_ => { })).Start();
        handle.Stop();
    }
}
