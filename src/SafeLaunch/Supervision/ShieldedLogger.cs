using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SafeLaunch.Supervision;

/// <summary>A logger that may be exchanged while it is in use, and whose failure is not the launch's.</summary>
/// <param name="logger">The logger; null for none.</param>
/// <param name="tail">Gets each line too, whichever logger there is; null for none.</param>
internal sealed class ShieldedLogger(ILogger? logger, ILogger? tail = null) : ILogger
{
    private volatile ILogger logger = logger ?? NullLogger.Instance;

    /// <summary>Whether it has no logger. The tail may keep its lines.</summary>
    public bool HasNoLogger => this.logger == NullLogger.Instance;

    /// <summary>Whether neither a logger nor the tail takes its lines.</summary>
    public bool HasNoReader => this.HasNoLogger && tail?.IsEnabled(LogLevel.Critical) != true;

    /// <summary>Writes to this logger from now on.</summary>
    public void Replace(ILogger next) => this.logger = next;

    /// <summary>No line of a launch is written in a scope.</summary>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return tail?.IsEnabled(logLevel) == true || this.logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            // As below: without this the launch would never even start.
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            tail?.Log(logLevel, eventId, state, exception, formatter);
            if (this.logger.IsEnabled(logLevel))
            {
                this.logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
        catch (Exception)
        {
            // A provider threw, or is disposed already. There is nowhere left to report it, and the launch must go on.
        }
    }
}
