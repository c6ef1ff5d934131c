namespace SafeLaunch.Processes.Tests.Wire;

/// <summary>The connections of a listener: those of strangers, and that of the child.</summary>
public sealed class ChannelListenerTests
{
    [Test]
    public async Task A_connection_that_fails_in_any_way_is_closed_and_the_child_is_still_accepted()
    {
        using var listener = new ListedConnections();
        using var failing = new ProbedStream(() => throw new NotSupportedException("It cannot be read."));
        using var child = new ProbedStream(listener.SayHello());
        listener.Connect(failing);
        listener.Connect(child);

        var (channel, hello) = await listener.AcceptChildAsync().Within();

        Assert.That(hello.Token, Is.EqualTo(listener.Token));
        await failing.Closed.Within();
        Assert.That(child.Closed.IsCompleted, Is.False);
        channel.Dispose();
    }

    [Test]
    public async Task A_connection_that_says_nothing_is_closed_when_the_child_has_come()
    {
        using var listener = new ListedConnections();
        using var silent = new ProbedStream(() => Task.Delay(Timeout.Infinite));
        using var child = new ProbedStream(listener.SayHello());
        listener.Connect(silent);
        listener.Connect(child);

        var (channel, _) = await listener.AcceptChildAsync().Within();

        await silent.Closed.Within();
        channel.Dispose();
    }

    [Test]
    public async Task A_connection_that_says_nothing_is_closed_with_the_listener()
    {
        using var silent = new ProbedStream(() => Task.Delay(Timeout.Infinite));
        Task accept;
        using (var listener = new ListedConnections())
        {
            listener.Connect(silent);
            accept = listener.AcceptChildAsync();
            await silent.Reading.Within();
        }

        Assert.That(async () => await accept.Within(), Throws.InstanceOf<ObjectDisposedException>());
        await silent.Closed.Within();
    }
}
