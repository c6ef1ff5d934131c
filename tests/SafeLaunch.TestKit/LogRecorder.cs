using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace SafeLaunch.TestKit;

/// <summary>Keeps what a launch logs.</summary>
internal sealed class LogRecorder : IDisposable
{
    private readonly FakeLogCollector collector = new();

    public LogRecorder()
    {
        this.Provider = new FakeLoggerProvider(this.collector);
        this.Factory = Microsoft.Extensions.Logging.LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this.Provider));
    }

    public ILoggerFactory Factory { get; }

    /// <summary>Gets what writes to it, for a factory of other levels.</summary>
    public ILoggerProvider Provider { get; }

    public IReadOnlyList<FakeLogRecord> All => this.collector.GetSnapshot();

    public IReadOnlyList<FakeLogRecord> Of(int eventId) => [.. this.All.Where(record => record.Id.Id == eventId)];

    /// <summary>The one line of an event. Waits for it: a launch writes its lines on the thread pool, and waits for that no longer than a moment.</summary>
    public FakeLogRecord Single(int eventId)
    {
        SpinWait.SpinUntil(() => this.Of(eventId).Count > 0, Gate.Patience);
        return this.Of(eventId).Single();
    }

    public void Dispose()
    {
        this.Factory.Dispose();
        this.Provider.Dispose();
    }
}
