using Microsoft.Extensions.Logging;
using SafeLaunch.Hosting;
using SafeLaunch.Supervision;

namespace SafeLaunch.Tests.Hosting;

/// <summary>The latest log lines of a launch.</summary>
public sealed class LogTailTests
{
    private LogTail tail = null!;

    private ILogger Logger => this.tail.CreateLogger("Shop");

    [SetUp]
    public void WriteBefore()
    {
        this.tail = new();
        this.Write(LogLevel.Error, "before");
    }

    [Test]
    public void A_LogTail_keeps_no_line_before_it_is_opened()
    {
        Assert.That(this.Logger.IsEnabled(LogLevel.Critical), Is.False);
        this.tail.Open();
        Assert.That(this.tail.After(0).Select(line => line.Text), Does.Not.Contain("before"));
    }

    [Test]
    public void Only_the_latest_lines_are_kept_each_cut_to_a_bounded_length()
    {
        this.tail.Open();
        for (var i = 0; i < LogTail.Kept * 2; i++)
        {
            this.Write(LogLevel.Information, new string('x', 10_000));
        }

        var lines = this.tail.After(0);
        Assert.That(lines, Has.Count.EqualTo(LogTail.Kept));
        Assert.That(lines.Select(line => line.Text), Has.All.EqualTo(new string('x', LogTail.MaxLength) + "…"));
        Assert.That(this.tail.After(lines[lines.Count - 2].Number), Has.Count.EqualTo(1));
    }

    [Test]
    public void Lines_below_Information_are_left_out()
    {
        this.tail.Open();
        this.Write(LogLevel.Debug, "debug");
        this.Write(LogLevel.Warning, "warning");

        Assert.That(this.tail.After(0)[^1].Text, Is.EqualTo("warning"));
        Assert.That(this.tail.After(0).Select(line => line.Text), Does.Not.Contain("debug"));
    }

    [Test]
    public void A_logger_that_is_off_does_not_keep_a_line_from_the_tail()
    {
        using var log = new LogRecorder();
        using var silent = Microsoft.Extensions.Logging.LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.None));
        this.tail.Open();
        foreach (var factory in new[] { log.Factory, silent })
        {
            LogTo(new ShieldedLogger(factory.CreateLogger("Shop"), this.tail.CreateLogger("Shop")), LogLevel.Information, "both");
        }

        Assert.That(log.All.Select(record => record.Message), Is.EqualTo(new[] { "both" }));
        Assert.That(this.tail.After(0).Count(line => line.Text is "both"), Is.EqualTo(2));
    }

    private static void LogTo(ILogger logger, LogLevel level, string text)
    {
        if (logger.IsEnabled(level))
        {
            logger.Log(level, default, text, exception: null, (line, _) => line);
        }
    }

    private void Write(LogLevel level, string text) => LogTo(this.Logger, level, text);
}
