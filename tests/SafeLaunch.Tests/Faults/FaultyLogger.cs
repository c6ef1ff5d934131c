using Microsoft.Extensions.Logging;

namespace SafeLaunch.Tests.Faults;

/// <summary>A factory whose loggers go wrong whenever something is logged.</summary>
internal sealed class FaultyLogger(Action strike) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        strike();

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
        // There is nothing to release.
    }
}
