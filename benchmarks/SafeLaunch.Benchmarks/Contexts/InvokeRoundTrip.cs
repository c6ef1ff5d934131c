using BenchmarkDotNet.Attributes;
using Nito.AsyncEx;

namespace SafeLaunch.Benchmarks.Contexts;

/// <summary>How long it takes to await a function that runs on the thread.</summary>
public class InvokeRoundTrip
{
    private AsyncContextThread thread = null!;
    private LaunchHandle idle = null!;
    private LaunchHandle parked = null!;

    [GlobalSetup]
    public void Start()
    {
        this.thread = new();
        this.idle = Launcher.For(() => { }).Start();
        this.parked = Launcher.For(launch =>
        {
            launch.SignalReady();
            launch.Stopping.WaitHandle.WaitOne();
        }).Start();
    }

    [GlobalCleanup]
    public void Stop()
    {
        this.thread.Join();
        this.idle.Dispose();
        this.parked.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Task<int> AsyncContextThreadAsync() => this.thread.Factory.Run(static () => 1);

    [Benchmark]
    public Task<int> LaunchAsync() => this.idle.InvokeAsync(static () => 1);

    [Benchmark]
    public Task<int> ParkedLaunchAsync() => this.parked.InvokeAsync(static () => 1);
}
