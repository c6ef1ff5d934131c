using Microsoft.Extensions.Logging;

namespace SafeLaunch.Frameworks;

/// <summary>Writes log lines to the output of the tests, with the name of the server.</summary>
internal sealed class TestLoggerProvider(Func<string> server, TestOutput output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger($"{server()}] ", $" {categoryName}: ", output);

    public void Dispose()
    {
    }

    private sealed class Logger(string server, string category, TestOutput output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            var error = exception is null ? "" : Environment.NewLine + exception;
            output.WriteLine($"[{DateTime.Now:HH:mm:ss.fff} {server}{Label(logLevel)}{category}{message}{error}");
        }

        private static string Label(LogLevel level) => level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
    }
}
