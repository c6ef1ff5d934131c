using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SafeLaunch.Processes.Tests;

/// <summary>A logger of one category that does what a test wants with each entry.</summary>
internal sealed class ActingLoggerProvider(string category, Action act) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => string.Equals(categoryName, category, StringComparison.Ordinal) ? this : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => act();

    public void Dispose()
    {
    }
}
