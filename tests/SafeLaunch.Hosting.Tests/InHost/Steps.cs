using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>Notes what happened, in its order.</summary>
internal sealed class Steps
{
    private readonly ConcurrentQueue<string> all = [];

    public IReadOnlyList<string> All => [.. this.all];

    public void Add(string step) => this.all.Enqueue(step);

    /// <summary>A launch that notes its start and its stop.</summary>
    public Action<LaunchContext> Launch(string name) => context =>
    {
        this.Add($"{name} starts");
        TestLaunch.UntilStopped(context);
        this.Add($"{name} stops");
    };

    /// <summary>A service of the host that does.</summary>
    public IHostedService Service(string name) => new Noting(this, name);

    private sealed class Noting(Steps steps, string name) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            steps.Add($"{name} starts");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            steps.Add($"{name} stops");
            return Task.CompletedTask;
        }
    }
}
