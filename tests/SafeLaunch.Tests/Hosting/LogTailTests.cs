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
        Assert.That(this.tail.After(0), Is.Empty);
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
    public void A_line_has_its_number_its_level_its_category_and_its_text_with_the_exception()
    {
        Assert.That(this.tail.IsOpen, Is.False);
        Assert.That(LogTail.Opened(this.tail), Is.SameAs(this.tail));
        Assert.That(this.tail.IsOpen, Is.True);
        Assert.That(this.tail.After(0), Is.Empty);
        this.Write(LogLevel.Information, "first");
        this.Logger.Log(LogLevel.Critical, default, "second", new InvalidOperationException("no bread"), (line, _) => line);

        Assert.That(this.tail.After(0).Select(line => (line.Number, line.Level, line.Category, line.Text)), Is.EqualTo(new[]
        {
            (1L, LogLevel.Information, "Shop", "first"),
            (2L, LogLevel.Critical, "Shop", "second System.InvalidOperationException: no bread"),
        }));
        Assert.That(this.tail.After(1).Select(line => line.Number), Is.EqualTo(new[] { 2L }));
        Assert.That(this.tail.After(2), Is.Empty);
    }

    [Test]
    public void A_tail_is_made_and_keeps_lines_if_it_is_opened_where_there_is_none()
    {
        var opened = LogTail.Opened(tail: null);

        opened.Add(LogLevel.Information, "Shop", "line");

        Assert.That(opened.After(0), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_tail_takes_the_levels_from_Information_to_Critical_and_lines_of_the_longest_length_whole()
    {
        this.tail.Open();
        var longest = new string('x', LogTail.MaxLength);

        var taken = new[] { LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical, LogLevel.None }.Where(level =>
        {
            this.Logger.Log(level, default, longest, exception: null, (line, _) => line);
            this.tail.Add(level, "Shop", longest);
            return this.Logger.IsEnabled(level);
        });

        var expected = new[] { LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical };
        Assert.That(taken, Is.EqualTo(expected));
        Assert.That(this.tail.After(0).Select(line => (line.Level, line.Text)), Is.EqualTo(expected.SelectMany(level => new[] { (level, longest), (level, longest) })));
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
