using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The log of a launch and of its launch host.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LaunchHostLogTests
{
    [Test]
    public async Task The_launch_logs_to_what_ConfigureLaunchHost_sets_up()
    {
        var log = new FakeLogCollectorProvider();
        await using var handle = Launcher.For(() => { }, options =>
        {
            options.Name = "logged";
            options.ConfigureLaunchHost(host => host.Logging.AddProvider(log.Provider));
        }).Start();

        Assert.That(log.Messages, Has.Some.Contains("'logged' is ready"));
    }

    [Test]
    public async Task The_logger_factory_of_the_options_serves_the_launch_and_its_host_and_is_not_disposed()
    {
        var log = new FakeLogCollectorProvider();
        using var factory = new WatchedFactory(log.Provider);
        await using (var handle = Launcher.For(() => { }, options =>
        {
            options.Name = "given";
            options.LoggerFactory = factory;
        }).Start())
        {
            handle.LaunchServices.GetRequiredService<ILogger<LaunchHostLogTests>>().LogInformation("from a service");
        }

        Assert.That(factory.WasDisposed, Is.False);
        Assert.That(log.Messages, Has.Some.EqualTo("from a service"));
        Assert.That(log.Messages, Has.Some.Contains("'given' is ready").And.Some.Contains("'given' has ended"));
    }

    [Test]
    public async Task A_logger_that_throws_does_the_launch_no_harm()
    {
        await using var handle = await Launcher.For(() => { }, options => options.LoggerFactory = new BrokenLogging()).StartAsync().Within();

        Assert.That((await handle.StopAsync().Within()).Kind, Is.EqualTo(LaunchOutcomeKind.Stopped));
    }

    [Test]
    public void The_log_does_not_blame_the_delegate_for_a_host_that_failed()
    {
        var log = new FakeLogCollectorProvider();
        using var factory = new WatchedFactory(log.Provider);

        _ = TestLaunch.StartError(_ => { }, options =>
        {
            options.LoggerFactory = factory;
            options.ConfigureLaunchHost(_ => throw new InvalidOperationException());
        });

        Assert.That(log.Messages, Has.None.Contains("Its delegate threw").And.Some.Contains("launch host"));
    }

    private sealed class FakeLogCollectorProvider
    {
        public FakeLoggerProvider Provider { get; } = new();

        public IEnumerable<string> Messages => this.Provider.Collector.GetSnapshot().Select(record => record.Message);
    }

    private sealed class WatchedFactory(ILoggerProvider provider) : ILoggerFactory
    {
        public bool WasDisposed { get; private set; }

        public ILogger CreateLogger(string categoryName) => provider.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() => this.WasDisposed = true;
    }

    private sealed class BrokenLogging : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("SafeLaunch", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("scope");

        public bool IsEnabled(LogLevel logLevel) => throw new InvalidOperationException("enabled");

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("log");

        public void Dispose()
        {
            // There is nothing to release.
        }
    }
}
