using SafeLaunch.Child;
using SafeLaunch.Wire;

namespace SafeLaunch.Processes.Tests.Child;

/// <summary>The messages of a child to its parent.</summary>
public sealed class OutboxTests
{
    [Test]
    public void A_log_entry_that_comes_after_the_end_is_dropped()
    {
        using var channel = new MessageStream(new MemoryStream());
        var outbox = new Outbox(channel);
        outbox.Dispose();

        Assert.That(() => outbox.Post(new LogEntry("Shop", 2, 0, EventName: null, "Late.", Error: null)), Throws.Nothing);
    }
}
