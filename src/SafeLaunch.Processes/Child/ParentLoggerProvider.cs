using Microsoft.Extensions.Logging;
using SafeLaunch.Wire;

namespace SafeLaunch.Child;

/// <summary>Logs of the child process, which the parent writes.</summary>
internal sealed class ParentLoggerProvider(Outbox outbox) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new ParentLogger(outbox, categoryName);

    public void Dispose()
    {
        // The outbox sends other messages too.
    }

    private sealed class ParentLogger(Outbox outbox, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            outbox.Post(new LogEntry(category, (int)logLevel, eventId.Id, eventId.Name, BoundedText.Cut(formatter(state, exception)), ChildError.Of(exception)));
    }
}
