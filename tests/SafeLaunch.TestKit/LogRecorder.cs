using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace SafeLaunch.TestKit;

/// <summary>Keeps what a launch logs.</summary>
internal sealed class LogRecorder : IDisposable
{
    private readonly FakeLogCollector collector = new();
    private readonly FakeLoggerProvider provider;

    public LogRecorder()
    {
        this.provider = new(this.collector);
        this.Factory = Microsoft.Extensions.Logging.LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this.provider));
    }

    public ILoggerFactory Factory { get; }

    public IReadOnlyList<FakeLogRecord> All => this.collector.GetSnapshot();

    public IReadOnlyList<FakeLogRecord> Of(int eventId) => [.. this.All.Where(record => record.Id.Id == eventId)];

    public void Dispose()
    {
        this.Factory.Dispose();
        this.provider.Dispose();
    }
}
