using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The logger of a launch that has no loggers itself: that of its first app host.</summary>
public sealed class HostLoggerTests
{
    [Test]
    public async Task A_launch_whose_app_host_was_disposed_of_logs_nowhere()
    {
        await using var handle = await Launcher.For(context =>
        {
            var host = TestHosts.Builder().Build();
            host.Start();
            host.Dispose();
            TestLaunch.UntilStopped(context);
        }).StartAsync().Within();

        Assert.That(handle.Hosts, Has.Count.EqualTo(1));
        Assert.That(() => handle.Logger.LogWarning("Open."), Throws.Nothing);
    }

    [Test]
    public async Task An_exception_of_a_provider_of_the_app_host_stays_with_it()
    {
        using var provider = new ThrowingProvider();
        await using var handle = await Launcher.For(() =>
        {
            var builder = TestHosts.Builder();
            builder.Logging.AddProvider(provider);
            builder.Build().Run();
        }).StartAsync().Within();

        Assert.That(() => handle.Logger.LogWarning("Open."), Throws.Nothing);
        Assert.That(provider.Lines, Is.EqualTo(new[] { "Open." }));
    }

    private sealed class ThrowingProvider : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            this.Lines.Add(formatter(state, exception));
            throw new IOException("The disk is full.");
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
