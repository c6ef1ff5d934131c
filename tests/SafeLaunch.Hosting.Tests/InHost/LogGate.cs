using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting.Tests.InHost;

/// <summary>A log that holds up the launch which writes one message to it.</summary>
/// <param name="message">The name of the message.</param>
internal sealed class LogGate(string message) : ILoggerFactory, ILogger
{
    private readonly ManualResetEventSlim gate = new();
    private readonly TaskCompletionSource reached = Gate.NewSource();

    /// <summary>Ends when the message is written.</summary>
    public Task Reached => this.reached.Task.Within();

    public void Open() => this.gate.Set();

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (message.Equals(eventId.Name, StringComparison.Ordinal))
        {
            this.reached.TrySetResult();
            this.gate.Pass();
        }
    }

    public void Dispose() => this.gate.Dispose();
}
