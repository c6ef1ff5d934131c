using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CoreProgram;

/// <summary>Keeps warnings and errors, and prints them.</summary>
internal sealed class WarningLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> warnings = new();

    public bool IsEmpty => this.warnings.IsEmpty;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (this.IsEnabled(logLevel))
        {
            var message = formatter(state, exception);
            this.warnings.Enqueue(message);
            Console.WriteLine($"{logLevel}: {message}");
        }
    }

    public void Dispose()
    {
    }
}
