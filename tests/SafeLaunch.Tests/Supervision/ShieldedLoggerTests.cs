using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Supervision;

public sealed class ShieldedLoggerTests
{
    [Test]
    public void Without_a_logger_and_a_tail_no_line_is_read()
    {
        var logger = new ShieldedLogger(logger: null);

        Assert.That(Facts(logger), Is.EqualTo("no logger, no reader"));
        Assert.That(() => logger.LogCritical("line"), Throws.Nothing);
    }

    [Test]
    public void A_tail_reads_lines_as_long_as_it_is_open_also_without_a_logger()
    {
        var tail = new LogTail();
        var logger = new ShieldedLogger(logger: null, tail.CreateLogger("Shop"));
        Assert.That(Facts(logger), Is.EqualTo("no logger, no reader"));

        tail.Open();

        Assert.That(Facts(logger), Is.EqualTo("no logger, takes Information"));
        logger.LogInformation("line");
        Assert.That(tail.After(0).Select(line => line.Text), Is.EqualTo(new[] { "line" }));
    }

    [Test]
    public void A_logger_and_a_tail_each_get_the_lines_of_their_levels()
    {
        var (tail, log) = (LogTail.Opened(tail: null), new FakeLogger());
        var logger = new ShieldedLogger(log, tail.CreateLogger("Shop"));
        Assert.That(Facts(logger), Is.EqualTo("takes Debug, takes Information"));

        logger.LogDebug("debug");
        log.ControlLevel(LogLevel.Information, enabled: false);
        logger.LogInformation("information");
        logger.LogError("error");

        Assert.That(log.Collector.GetSnapshot().Select(line => line.Message), Is.EqualTo(new[] { "debug", "error" }));
        Assert.That(tail.After(0).Select(line => line.Text), Is.EqualTo(new[] { "information", "error" }));
    }

    [Test]
    public void A_logger_that_is_replaced_gets_no_further_line()
    {
        var (first, second) = (new FakeLogger(), new FakeLogger());
        var logger = new ShieldedLogger(first);
        logger.LogInformation("first");

        logger.Replace(second);
        logger.LogInformation("second");

        Assert.That(first.Collector.GetSnapshot().Select(line => line.Message), Is.EqualTo(new[] { "first" }));
        Assert.That(second.Collector.GetSnapshot().Select(line => line.Message), Is.EqualTo(new[] { "second" }));
    }

    [Test]
    public void A_logger_that_throws_is_off_and_takes_no_line()
    {
        var logger = new ShieldedLogger(new ThrowingLogger());

        Assert.That(logger.IsEnabled(LogLevel.Critical), Is.False);
        Assert.That(() => logger.LogCritical("line"), Throws.Nothing);
    }

    private static string Facts(ShieldedLogger logger) => string.Join(
        ", ",
        new (bool Is, string Name)[]
        {
            (logger.HasNoLogger, "no logger"),
            (logger.HasNoReader, "no reader"),
            (logger.IsEnabled(LogLevel.Debug), "takes Debug"),
            (logger.IsEnabled(LogLevel.Information), "takes Information"),
        }.Where(fact => fact.Is).Select(fact => fact.Name));

    private sealed class ThrowingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => throw new InvalidOperationException();

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw new InvalidOperationException();
    }
}
