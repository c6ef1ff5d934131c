using Microsoft.Extensions.Logging;

namespace SafeLaunch.Hosting;

/// <summary>
/// The latest log lines of a launch, of all its runs: its own lines, those of its app hosts, as far as their log rules let them through, and
/// those that its process prints. It keeps none before it is opened, and then only so many, each cut to a bounded length.
/// </summary>
internal sealed class LogTail : ILoggerProvider
{
    public const int Kept = 100;
    public const int MaxLength = 500;
    public const LogLevel Lowest = LogLevel.Information;

    private readonly object gate = new();
    private Queue<LogLine>? lines;
    private long count;

    /// <summary>Whether it keeps lines.</summary>
    public bool IsOpen => Volatile.Read(ref this.lines) is not null;

    /// <summary>Lets a tail keep lines, and makes it first where there is none.</summary>
    public static LogTail Opened(LogTail? tail)
    {
        tail ??= new();
        tail.Open();
        return tail;
    }

    /// <summary>From here on it keeps lines.</summary>
    public void Open() => Interlocked.CompareExchange(ref this.lines, new(Kept), comparand: null);

    /// <summary>The lines that it still has and that came after the line of this number, the latest last.</summary>
    public IReadOnlyList<LogLine> After(long number)
    {
        lock (this.gate)
        {
            return [.. (this.lines ?? []).Where(line => line.Number > number)];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    /// <summary>The hosts that write to it come and go, and it stays.</summary>
    public void Dispose()
    {
    }

    /// <summary>Keeps a line, unless it is closed or the level is too low.</summary>
    public void Add(LogLevel level, string category, string text)
    {
        if (!this.Keeps(level))
        {
            return;
        }

        lock (this.gate)
        {
            if (this.lines!.Count == Kept)
            {
                this.lines.Dequeue();
            }

            this.lines.Enqueue(new(++this.count, DateTimeOffset.UtcNow, level, category, text.Length <= MaxLength ? text : text[..MaxLength] + "…"));
        }
    }

    private bool Keeps(LogLevel level) => level is >= Lowest and < LogLevel.None && this.IsOpen;

    private sealed class Writer(LogTail tail, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => tail.Keeps(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (this.IsEnabled(logLevel))
            {
                var text = formatter(state, exception);
                tail.Add(logLevel, category, exception is null ? text : $"{text} {exception.GetType()}: {exception.Message}");
            }
        }
    }
}
