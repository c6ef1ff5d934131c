using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SafeLaunch.Supervision;

/// <summary>A logger that may be exchanged while it is in use, and whose failure is not the launch's.</summary>
internal sealed class ShieldedLogger(ILogger? logger) : ILogger
{
    private volatile ILogger logger = logger ?? NullLogger.Instance;

    public bool IsSilent => this.logger == NullLogger.Instance;

    public ILogger Target
    {
        set => this.logger = value;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => this.logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return this.logger.IsEnabled(logLevel);
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
            this.logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // A provider threw, or is disposed already. There is nowhere left to report it, and the launch must go on.
        }
    }
}
