using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>The host in which the launches of a test live.</summary>
internal sealed class Outer : IAsyncDisposable
{
    private readonly LogRecorder log = new();
    private readonly Lazy<IHost> host;

    public Outer()
    {
        this.Builder = TestHosts.Builder();
        this.Builder.Services.AddSingleton(this.log.Factory);
        this.host = new(this.Builder.Build);
    }

    public HostApplicationBuilder Builder { get; }

    public IServiceCollection Services => this.Builder.Services;

    public LogRecorder Log => this.log;

    public IHost Host => this.host.Value;

    public ILaunches Launches => this.Host.Services.GetRequiredService<ILaunches>();

    public LaunchHandle this[string name] => this.Host.Services.GetRequiredKeyedService<LaunchHandle>(name);

    public void Set(string key, string value) => this.Builder.Configuration.AddInMemoryCollection([new(key, value)]);

    public Task StartAsync(CancellationToken cancellationToken = default) => this.Host.StartAsync(cancellationToken).Within();

    public Task StopAsync(CancellationToken cancellationToken = default) => this.Host.StopAsync(cancellationToken).Within();

    public async ValueTask DisposeAsync()
    {
        if (this.host.IsValueCreated)
        {
            await ((IAsyncDisposable)this.Host).DisposeAsync().AsTask().Within();
        }

        this.log.Dispose();
    }
}
